package io.mimic.servlet;

import io.mimic.ConfigException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses whose forwarding headers count. */
final class TrustedProxies {
    private final List<Range> ranges;

    /**
     * @param ranges addresses or CIDR ranges, such as {@code 10.0.0.0/8}
     * @throws ConfigException when one is none
     */
    TrustedProxies(List<String> ranges) {
        this.ranges = ranges.stream().map(Range::parse).toList();
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** @return false also for what is no address */
    boolean trusts(String address) {
        if (ranges.isEmpty()) {
            return false;
        }
        byte[] bytes = IpAddress.parse(address);
        return bytes.length > 0 && ranges.stream().anyMatch(range -> range.contains(bytes));
    }

    private record Range(byte[] network, int bits) {
        static Range parse(String text) {
            int slash = text.indexOf('/');
            byte[] network = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
            int all = network.length * 8;
            try {
                int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
                if (all > 0 && bits >= 0 && bits <= all) {
                    return new Range(network, bits);
                }
            } catch (NumberFormatException e) {
                throw wrong(text, e);
            }
            throw wrong(text, null);
        }

        private static ConfigException wrong(String text, @Nullable Exception cause) {
            return new ConfigException(
                    "mimic.trusted-proxies has \"" + text
                            + "\"; it must be addresses or ranges such as 10.0.0.0/8, separated by commas.",
                    cause);
        }

        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
                if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Literal addresses, without any look-up. */
    private static final class IpAddress {
        private static final byte[] NONE = {};

        private IpAddress() {}

        static byte[] parse(String text) {
            String address = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
            if (!address.matches("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
                return NONE;
            }
            try {
                return InetAddress.getByName(address).getAddress();
            } catch (UnknownHostException e) {
                return NONE;
            }
        }
    }
}

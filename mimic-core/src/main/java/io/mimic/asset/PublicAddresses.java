package io.mimic.asset;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** Tells addresses of the open internet from those that mean something only here: this machine, its networks, its cloud's services. */
final class PublicAddresses {
    /** IANA's special-purpose registry, multicast, what is reserved, and a cloud's service that has a public address. */
    private static final List<Range> CLOSED = List.of(
            range("0.0.0.0", 8),
            range("10.0.0.0", 8),
            range("100.64.0.0", 10),
            range("127.0.0.0", 8),
            range("168.63.129.16", 32),
            range("169.254.0.0", 16),
            range("172.16.0.0", 12),
            range("192.0.0.0", 24),
            range("192.0.2.0", 24),
            range("192.88.99.0", 24),
            range("192.168.0.0", 16),
            range("198.18.0.0", 15),
            range("198.51.100.0", 24),
            range("203.0.113.0", 24),
            range("224.0.0.0", 3),
            // of the one block that IPv6 has given out: tunnels, which carry any address of IPv4, and documentation
            range("2001:0:0:0:0:0:0:0", 23),
            range("2001:db8:0:0:0:0:0:0", 32),
            range("2002:0:0:0:0:0:0:0", 16),
            range("3fff:0:0:0:0:0:0:0", 20));

    private static final Range GIVEN_OUT = range("2000:0:0:0:0:0:0:0", 3);

    private PublicAddresses() {}

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean given = address instanceof Inet4Address || GIVEN_OUT.holds(bytes);
        return given && CLOSED.stream().noneMatch(range -> range.holds(bytes));
    }

    private static Range range(String literal, int bits) {
        try {
            // a literal is never looked up
            return new Range(InetAddress.getByName(literal).getAddress(), bits);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(literal, e);
        }
    }

    private static final class Range {
        private final byte[] from;
        private final int bits;

        Range(byte[] from, int bits) {
            this.from = from;
            this.bits = bits;
        }

        boolean holds(byte[] address) {
            if (address.length != from.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >>> bit % 8;
                if (((address[bit / 8] ^ from[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}

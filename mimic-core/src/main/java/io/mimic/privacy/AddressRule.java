package io.mimic.privacy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a client's address: to be asked before an address is stored or logged. Counting requests of an address in memory needs no
 * asking. Thread-safe.
 */
public final class AddressRule {
    private static final Pattern NUMERIC =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern ZEROS = Pattern.compile("(?<![0-9a-f])0(:0)+(?![0-9a-f])");
    private static final int IPV4_KEPT = 3;
    private static final int IPV6_KEPT = 6;
    private static final int HASH_BYTES = 6;

    private final Kept kept;
    private volatile byte @Nullable [] key;

    private AddressRule(Kept kept) {
        this.kept = kept;
    }

    /** With {@link Kept#HASH} nothing is kept before {@link #load}. */
    public static AddressRule of(Kept kept) {
        return new AddressRule(kept);
    }

    /** @param secret the key of the hash, asked for only when there is one to be made; all nodes have the same */
    public void load(Supplier<byte[]> secret) {
        if (kept == Kept.HASH && key == null) {
            key = secret.get().clone();
        }
    }

    /**
     * What may be kept.
     *
     * @param address as the request has it
     * @return null when nothing is
     */
    public @Nullable String kept(String address) {
        return switch (kept) {
            case FULL -> parse(address).map(AddressRule::text).orElse(address);
            case CUT -> parse(address).map(AddressRule::cut).orElse(null);
            case HASH -> hash(address);
            case NONE -> null;
        };
    }

    /** What to look for in what was kept, when somebody looks for {@code text}: of a whole address, what is kept of it. */
    public String sought(String text) {
        String kept = parse(text.strip()).isPresent() ? kept(text.strip()) : null;
        return kept == null ? text : kept;
    }

    /**
     * Every form in which this one address may have been kept, by this rule and by one before it. A network that was kept in its place is
     * none of them: it is of others too.
     */
    public Set<String> formsOf(String text) {
        String given = text.strip();
        String whole = whole(given);
        String hash = kept == Kept.HASH && parse(given).isPresent() ? hash(given) : null;
        return hash == null ? Set.of(whole) : Set.of(whole, hash);
    }

    /** An address, however it is written, in the one way in which it is kept; what is none stays as it is. */
    public static String whole(String text) {
        return parse(text).map(AddressRule::text).orElse(text);
    }

    private @Nullable String hash(String address) {
        byte[] secret = key;
        if (secret == null) {
            return null;
        }
        byte[] plain = parse(address).map(InetAddress::getAddress).orElse(address.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return "#" + HexFormat.of().formatHex(mac.doFinal(plain), 0, HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256, but this one answers: " + e.getMessage(), e);
        }
    }

    private static String cut(InetAddress address) {
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, address instanceof Inet4Address ? IPV4_KEPT : IPV6_KEPT, bytes.length, (byte) 0);
        try {
            return text(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address has 4 or 16 bytes.", e);
        }
    }

    /** As people write it: the longest run of zeros of an IPv6 address is left out (RFC 5952), whichever way the container wrote it. */
    private static String text(InetAddress address) {
        String whole = address.getHostAddress();
        if (address instanceof Inet4Address) {
            return whole;
        }
        int start = 0;
        int end = 0;
        for (Matcher zeros = ZEROS.matcher(whole); zeros.find(); ) {
            if (zeros.end() - zeros.start() > end - start) {
                start = zeros.start();
                end = zeros.end();
            }
        }
        return end == 0
                ? whole
                : whole.substring(0, start).replaceFirst(":$", "") + "::"
                        + whole.substring(end).replaceFirst("^:", "");
    }

    /** A literal address; a name is never looked up. */
    private static Optional<InetAddress> parse(String text) {
        String address = text.split("%", 2)[0];
        if (!NUMERIC.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** How much of an address is kept. */
    public enum Kept {
        /** All of it. */
        FULL,
        /** The network: the first three bytes of IPv4, the first six of IPv6. */
        CUT,
        /** A keyed hash: the same address can be recognised, not read. */
        HASH,
        /** Nothing. */
        NONE
    }
}

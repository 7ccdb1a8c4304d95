package io.mimic.project;

import java.net.URI;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Origins of web pages, such as {@code https://www.example.org} or {@code http://localhost:8081}: scheme, host and, where it is not the
 * scheme's own, port. Immutable; in the order given.
 *
 * @param all in lower case, without default ports
 */
public record Origins(Set<String> all) {
    /** How many a project may have. */
    public static final int MOST = 100;

    /** Names none. */
    public static final Origins NONE = new Origins(Set.of());

    private static final int LONGEST = 300;

    public Origins {
        all = Collections.unmodifiableSet(new LinkedHashSet<>(all));
    }

    /**
     * Reads origins as people write them; a slash at the end does no harm.
     *
     * @throws IllegalArgumentException when one is none or they are too many; the message names it and says what would be right
     */
    public static Origins of(Collection<String> written) {
        Set<String> all = new LinkedHashSet<>();
        for (String origin : written) {
            all.add(checked(origin));
        }
        return bounded(all);
    }

    /** Whether it is the origin of a page, as its browser tells it, in any case and with or without the scheme's own port. */
    public boolean contains(String origin) {
        return all.contains(normal(origin));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * These, and those of the others that are not among them.
     *
     * @throws IllegalArgumentException when they are too many
     */
    public Origins and(Origins others) {
        Set<String> both = new LinkedHashSet<>(all);
        both.addAll(others.all);
        return bounded(both);
    }

    private static Origins bounded(Set<String> all) {
        if (all.size() > MOST) {
            throw new IllegalArgumentException(
                    "There are " + all.size() + " origins; a project may have " + MOST + ".");
        }
        return new Origins(all);
    }

    /** As a catalog keeps them. */
    List<String> toList() {
        return List.copyOf(all);
    }

    /** Two that are the same origin are the same text; what is no origin stays what it is. */
    public static String normal(String origin) {
        String lower = origin.strip().toLowerCase(Locale.ROOT);
        String plain = lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
        if (plain.startsWith("https://")) {
            return plain.endsWith(":443") ? plain.substring(0, plain.length() - 4) : plain;
        }
        return plain.startsWith("http://") && plain.endsWith(":80") ? plain.substring(0, plain.length() - 3) : plain;
    }

    private static String checked(String written) {
        String origin = normal(written);
        if (origin.length() > LONGEST || !isOrigin(origin)) {
            String shown = written.length() > LONGEST ? written.substring(0, LONGEST) + "\u2026" : written;
            throw new IllegalArgumentException(
                    "\"" + shown + "\" is no origin; it must be http:// or https:// with a host"
                            + " and perhaps a port, and no path, such as https://www.example.org.");
        }
        return origin;
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return uri.getHost() != null
                    && uri.getPort() <= 65_535
                    && (text.equals("http://" + uri.getHost() + port)
                            || text.equals("https://" + uri.getHost() + port));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

package io.mimic.privacy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of recordings and log lines what should not be kept: payment card numbers, e-mail addresses, JSON Web Tokens, HTTP credentials,
 * and what the operator's own patterns match. Each is replaced by {@link #MASK}. This is the second line: what a user types is masked in the
 * browser already. Thread-safe.
 */
public final class Scrubber {
    /** What stands in the place of what was taken out. */
    public static final String MASK = "***";

    /** Stops at whatever one of any kind would find. */
    private static final SecretFinder SKIMS = new SecretFinder(true, true, true);

    private final boolean texts;
    private final boolean pages;
    private final ScrubPatterns patterns;

    private Scrubber(boolean texts, boolean pages, ScrubPatterns patterns) {
        this.texts = texts;
        this.pages = pages;
        this.patterns = patterns;
    }

    /**
     * @param scope what is searched
     * @param patterns the operator's own, in the syntax of RE2
     * @throws IllegalArgumentException naming the pattern that is wrong
     */
    public static Scrubber of(Scope scope, List<String> patterns) {
        return new Scrubber(scope != Scope.NONE, scope == Scope.ALL, ScrubPatterns.of(patterns));
    }

    /** The text without what should not be kept; the same object when there is nothing of it. For log lines, messages, URLs. */
    public String text(String text) {
        if (!texts) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Span> found = new ArrayList<>();
        new SecretFinder(true, false, false).find(bytes, 0, bytes.length, found);
        patterns.find(bytes, 0, found);
        if (found.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int done = 0;
        for (Span span : Span.merged(found)) {
            out.append(new String(bytes, done, span.from() - done, StandardCharsets.UTF_8))
                    .append(MASK);
            done = span.to();
        }
        return out.append(new String(bytes, done, bytes.length - done, StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * One JSON value without what should not be kept in its texts, names of members among them (the operator's patterns look at values
     * alone). Everything between the texts stays as it is, but for a card's number where a number may stand.
     *
     * @param json well-formed UTF-8 JSON at {@code [from, from + length)}; not changed
     * @param effort what the operator's patterns may still cost
     * @return the new JSON; null when nothing was found, which is the rule
     * @throws TooMuchException when {@code effort} is used up
     */
    public byte @Nullable [] json(byte[] json, int from, int length, Kind kind, Effort effort) throws TooMuchException {
        boolean wanted = kind == Kind.PAGE ? pages : texts;
        return wanted ? new JsonScrub(json, from, from + length, kind, patterns, effort).run() : null;
    }

    /**
     * The same, for a value whose texts {@link #skim} went through before.
     *
     * @param suspects those where it did not reach the closing quote, in order of place
     */
    public byte @Nullable [] json(byte[] json, int from, int length, Kind kind, Effort effort, SuspectTexts suspects)
            throws TooMuchException {
        if (kind != Kind.PAGE || patterns.size() > 0) {
            return json(json, from, length, kind, effort);
        }
        boolean nothing = !pages || suspects.count() == 0;
        return nothing ? null : new JsonScrub(json, from, from + length, kind, patterns, effort).run(suspects);
    }

    /**
     * Passes over the inside of a JSON string, as long as it is well-formed (but for its UTF-8, which is not looked at) and holds nothing that might
     * have to be taken out.
     *
     * @param json where the text ends before the string does, a byte 0 follows
     * @param from where the inside begins
     * @return the place of the closing quote; or of what needs a closer look, which never lies within an escape
     */
    public static int skim(byte[] json, int from) {
        return SKIMS.suspect(json, from);
    }

    /** Length of the escape that a backslash begins, with as much after it as {@link #skim} needs; 0 when it is none. */
    public static int escape(byte[] json, int at) {
        return Bytes.escape(json, at);
    }

    /** What is searched. */
    public enum Scope {
        /** All that is recorded. */
        ALL,
        /** All but the page itself: URLs, headers, bodies, console, errors, log lines. */
        TEXTS,
        /** Nothing. */
        NONE
    }

    /** What a JSON value is of. */
    public enum Kind {
        /** Network, console, errors, events, metadata. */
        TEXT,
        /** The page itself. */
        PAGE,
        /** What the host told of its user by {@code mimic.identify}: his e-mail address is meant. */
        IDENTITY
    }

    /** What the operator's patterns may cost in one batch: bytes times patterns. Not thread-safe. */
    public static final class Effort {
        private long left;

        public Effort(long bytes) {
            this.left = bytes;
        }

        void spend(long bytes) throws TooMuchException {
            left -= bytes;
            if (left < 0) {
                throw new TooMuchException();
            }
        }
    }

    /** The operator's patterns would have to look at more than they may. */
    public static final class TooMuchException extends Exception {
        private static final long serialVersionUID = 1L;

        TooMuchException() {
            super("There is too much for the patterns of mimic.privacy.scrub-patterns to look at.", null, false, false);
        }
    }
}

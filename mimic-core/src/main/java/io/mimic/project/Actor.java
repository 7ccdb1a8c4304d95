package io.mimic.project;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who did something.
 *
 * @param kind how they were known
 * @param name of the token or of the host's user; null where a password is all that is known
 * @param address IP address of the client
 */
public record Actor(Kind kind, @Nullable String name, String address) {
    /** As people read it, such as {@code token nightly}. */
    public String text() {
        return name == null ? kind.word() : kind.word() + " " + name;
    }

    /** How somebody was known. */
    public enum Kind {
        /** By the project's password. */
        ADMIN,
        /** By its second password. */
        VIEWER,
        /** By a token. */
        TOKEN,
        /** By the host's own login. */
        HOST,
        /** Not at all. */
        NOBODY;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

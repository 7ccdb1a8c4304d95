package io.mimic.project;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the access log knows. */
public enum Access {
    LOGIN,
    LOGIN_REFUSED,
    /** Read the list of sessions without having logged in, or asked what there is of one person. */
    LIST,
    /** Opened a session's recording. */
    VIEW,
    /** Took a session away as a file. */
    EXPORT,
    ERASE,
    ERASE_USER,
    ERASE_IP,
    TOKEN_MADE,
    TOKEN_REVOKED,
    PASSWORD_CHANGED,
    VIEWER_PASSWORD_CHANGED,
    PROJECT_MADE,
    PROJECT_RENAMED,
    ORIGINS_CHANGED,
    PROJECT_REMOVED;

    /** As the API writes it, such as {@code login-refused}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return empty when there is none of that word */
    public static Optional<Access> of(String word) {
        return Arrays.stream(values())
                .filter(access -> access.word().equals(word))
                .findFirst();
    }
}

package io.mimic.project;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A project cannot be registered or changed. The message says what is wrong and what would be right, without any secret. */
public final class RegistrationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final @Nullable String field;
    private final long retryAfterSeconds;

    public RegistrationException(Reason reason, String message) {
        this(reason, message, null, 0);
    }

    private RegistrationException(Reason reason, String message, @Nullable String field, long retryAfterSeconds) {
        super(message);
        this.reason = reason;
        this.field = field;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static RegistrationException malformed(String field, String message) {
        return new RegistrationException(Reason.MALFORMED, message, field, 0);
    }

    static RegistrationException throttled(long retryAfterSeconds) {
        return new RegistrationException(
                Reason.THROTTLED,
                "Too many registrations failed or came at once, and this one was not looked at. Try again in "
                        + retryAfterSeconds + " s.",
                null,
                retryAfterSeconds);
    }

    public Reason reason() {
        return reason;
    }

    /** Which value has not the right form: {@code id}, {@code name}, {@code password} or {@code origins}; else empty. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** At least 1 for {@link Reason#THROTTLED}, else 0. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Why. */
    public enum Reason {
        TOKEN_WRONG,
        NAME_TAKEN,
        MALFORMED,
        /** A setting decides. */
        CONFIGURED,
        UNKNOWN,
        /** Too many came from there, or at once; nothing was judged. */
        THROTTLED
    }
}

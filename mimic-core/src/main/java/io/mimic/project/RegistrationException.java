package io.mimic.project;

/** A project cannot be registered or changed. The message says what is wrong and what would be right, without any secret. */
public final class RegistrationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public RegistrationException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why. */
    public enum Reason {
        TOKEN_WRONG,
        NAME_TAKEN,
        MALFORMED,
        /** A setting decides. */
        CONFIGURED,
        UNKNOWN
    }
}

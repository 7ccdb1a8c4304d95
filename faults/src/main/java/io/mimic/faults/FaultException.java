package io.mimic.faults;

/** A case does not hold, or could not be carried out; the message says why. */
public final class FaultException extends Exception {
    private static final long serialVersionUID = 1L;

    FaultException(String message) {
        super(message);
    }
}

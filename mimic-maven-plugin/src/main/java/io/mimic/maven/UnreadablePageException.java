package io.mimic.maven;

/** A page is left as it is. The message completes "left alone: …". */
final class UnreadablePageException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadablePageException(String message) {
        super(message);
    }
}

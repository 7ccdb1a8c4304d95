package io.mimic.servlet;

/** Ends a request with an {@code application/problem+json} answer. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    /**
     * @param status HTTP status, 4xx or 5xx
     * @param title short, the same for every case of its kind
     * @param detail what was wrong and what would be right; goes to the client, so never a secret
     */
    public ProblemException(int status, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}

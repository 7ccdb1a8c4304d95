package io.mimic.ingest;

/** A batch is not accepted; nothing of it was stored. Carries what the answer says. */
public final class BatchRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final long retryAfterSeconds;

    /**
     * @param status HTTP status, 4xx or 503
     * @param title short and the same for every case of this kind, such as "Malformed batch"
     * @param detail what was wrong and what would be right; never a value that the client sent beyond a short, cleaned excerpt
     * @param retryAfterSeconds 0 when the answer says nothing of it
     */
    public BatchRejectedException(int status, String title, String detail, long retryAfterSeconds) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}

package io.mimic.ingest;

import java.io.IOException;

/** A batch that is not accepted, on its way out through streams and parser: carries the answer. */
final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final BatchRejectedException answer;

    private Refusal(int status, String title, String detail, long retryAfterSeconds) {
        super(detail);
        this.answer = new BatchRejectedException(status, title, detail, retryAfterSeconds);
    }

    static Refusal malformed(String detail) {
        return new Refusal(400, "Malformed batch", detail, 0);
    }

    static Refusal forbidden(String detail) {
        return new Refusal(403, "Not allowed", detail, 0);
    }

    static Refusal tooLarge(String detail) {
        return new Refusal(413, "Batch too large", detail, 0);
    }

    static Refusal wrongType(String detail) {
        return new Refusal(415, "Wrong content type", detail, 0);
    }

    static Refusal tooMany(String detail, long retryAfterSeconds) {
        return new Refusal(429, "Too many batches", detail, retryAfterSeconds);
    }

    static Refusal unavailable(String detail, long retryAfterSeconds) {
        return new Refusal(503, "Not available", detail, retryAfterSeconds);
    }

    BatchRejectedException answer() {
        return answer;
    }
}

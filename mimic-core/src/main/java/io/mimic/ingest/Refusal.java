package io.mimic.ingest;

import io.mimic.metric.Rejection;
import java.io.IOException;

/** A batch that is not accepted, on its way out through streams and parser: carries the answer. */
final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final Rejection reason;
    private final BatchRejectedException answer;

    private Refusal(Rejection reason, int status, String title, String detail, long retryAfterSeconds) {
        super(detail);
        this.reason = reason;
        this.answer = new BatchRejectedException(status, title, detail, retryAfterSeconds);
    }

    static Refusal malformed(String detail) {
        return new Refusal(Rejection.MALFORMED, 400, "Malformed batch", detail, 0);
    }

    static Refusal forbidden(String detail) {
        return new Refusal(Rejection.FORBIDDEN, 403, "Not allowed", detail, 0);
    }

    static Refusal tooLarge(String detail) {
        return new Refusal(Rejection.TOO_LARGE, 413, "Batch too large", detail, 0);
    }

    static Refusal wrongType(String detail) {
        return new Refusal(Rejection.WRONG_TYPE, 415, "Wrong content type", detail, 0);
    }

    static Refusal tooMany(String detail, long retryAfterSeconds) {
        return new Refusal(Rejection.RATE, 429, "Too many batches", detail, retryAfterSeconds);
    }

    static Refusal unavailable(Rejection reason, String detail, long retryAfterSeconds) {
        return new Refusal(reason, 503, "Not available", detail, retryAfterSeconds);
    }

    Rejection reason() {
        return reason;
    }

    BatchRejectedException answer() {
        return answer;
    }
}

package io.mimic.asset;

import org.jspecify.annotations.Nullable;

/** What became of a request. */
sealed interface Fetched {
    /** @param type what it is, by its bytes */
    @SuppressWarnings("ArrayRecordComponent") // for one hand-over; never compared
    record Content(byte[] bytes, String type, @Nullable String etag) implements Fetched {}

    /** It is what it was. */
    record Unchanged() implements Fetched {}

    /** The server answered, or would have been asked, with something that is not kept. */
    record Refused(String why) implements Fetched {}

    /** No whole answer came in time. */
    record Failed(String why) implements Fetched {}
}

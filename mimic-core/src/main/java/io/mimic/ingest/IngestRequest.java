package io.mimic.ingest;

import java.io.InputStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One POST to the ingest endpoint, free of any servlet type.
 *
 * @param body the raw body; read once, never closed
 * @param contentType as the request has it; null without one
 * @param contentEncoding as the request has it; null without one
 * @param ip address of the client, forwarding already resolved
 * @param header value of a request header by its lower-case name, null when absent; location headers only when they come from
 *     a trusted proxy
 * @param cookie value of a cookie by its name, null when absent
 */
public record IngestRequest(
        InputStream body,
        @Nullable String contentType,
        @Nullable String contentEncoding,
        String ip,
        UnaryOperator<@Nullable String> header,
        UnaryOperator<@Nullable String> cookie) {}

package io.mimic.server;

import java.util.function.UnaryOperator;

/**
 * How what the server saw is kept.
 *
 * @param strict whether messages are masked, so that types, frames and routes remain
 * @param names that promise a secret
 * @param scrub what else is taken out of texts
 */
public record ServerSettings(boolean strict, SecretNames names, UnaryOperator<String> scrub) {
    /** A text of the host without secrets. */
    String clean(String text) {
        return scrub.apply(names.scrub(text));
    }
}

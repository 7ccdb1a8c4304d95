package io.mimic.replay;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Tells which errors are the same: by kind, name, message without its numbers, and the place that threw. */
final class Fingerprint {
    private static final Pattern NUMBERS = Pattern.compile("[0-9a-fA-F-]{8,}|\\d+");
    private static final Pattern PLACE = Pattern.compile("(?m)^[ \\t]*+at .*$|^.*@.*$");
    private static final int LENGTH = 6;

    private Fingerprint() {}

    /** @param error a payload of {@code mimic/error@1} */
    static String of(Values error) {
        var place = PLACE.matcher(error.textOr("stack", ""));
        String where = place.find() ? place.group() : error.textOr("source", "");
        String identity = String.join(
                "\n",
                error.textOr("kind", ""),
                error.textOr("name", ""),
                withoutNumbers(error.textOr("message", "")),
                withoutNumbers(where));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static String withoutNumbers(String text) {
        return NUMBERS.matcher(text).replaceAll("#");
    }
}

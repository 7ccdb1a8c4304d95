package io.mimic.project;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Makes and hashes what proves who somebody is. 256 random bits need no slow hash. Thread-safe. */
final class Secrets {
    static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    /** 43 characters that are safe in a cookie and a header. */
    String make() {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    static String hash(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}

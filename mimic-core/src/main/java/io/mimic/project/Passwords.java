package io.mimic.project;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Hashes, checks and makes passwords. Thread-safe. Open for a test that counts. */
class Passwords {
    static final int SHORTEST = 10;
    static final int LONGEST = 1_024;

    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2A;
    /** Without letters that look like digits. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int GENERATED = 20;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 23;

    private final int cost;
    private final SecureRandom random = new SecureRandom();
    private @Nullable String nobody;

    Passwords(int cost) {
        this.cost = cost;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    String hash(String password) {
        byte[] hash = BCrypt.with(VERSION, random, LongPasswordStrategies.hashSha512(VERSION))
                .hash(cost, password.getBytes(StandardCharsets.UTF_8));
        return new String(hash, StandardCharsets.US_ASCII);
    }

    /** @param hash empty where there is no password yet, which takes as long to tell */
    boolean matches(String password, String hash) {
        String looked = hash.isEmpty() ? nobody() : hash;
        return BCrypt.verifyer(VERSION, LongPasswordStrategies.hashSha512(VERSION))
                .verify(password.getBytes(StandardCharsets.UTF_8), looked.getBytes(StandardCharsets.US_ASCII))
                .verified;
    }

    /** Looks like a hash, but is of no password, and so is made at once: checking it takes as long as one that is wrong. */
    synchronized String nobody() {
        String drawn = nobody;
        if (drawn == null) {
            BCrypt.HashData data = new BCrypt.HashData(cost, VERSION, bytes(SALT_BYTES), bytes(HASH_BYTES));
            drawn = new String(VERSION.formatter.createHashMessage(data), StandardCharsets.US_ASCII);
            nobody = drawn;
        }
        return drawn;
    }

    String generate() {
        return random(ALPHABET, GENERATED);
    }

    String random(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** @return whether a person may choose it: long enough, and not one character or the name over and over */
    static boolean strong(String password, String name) {
        String rest = name.isEmpty()
                ? password
                : password.toLowerCase(Locale.ROOT).replace(name.toLowerCase(Locale.ROOT), "");
        return password.length() >= SHORTEST
                && password.length() <= LONGEST
                && rest.chars().distinct().count() >= 5;
    }
}

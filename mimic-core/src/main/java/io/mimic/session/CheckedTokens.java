package io.mimic.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that were found valid last, since a browser sends the same one with each request of a page. Bounded: a token takes the place of
 * another one. What it remembers holds for the very keys that the token was checked with, and a token that is not valid is never kept. Thread-safe.
 */
final class CheckedTokens {
    /** A power of two; some 100 KB when all are taken. */
    private static final int PLACES = 256;

    private final AtomicReferenceArray<@Nullable Checked> places = new AtomicReferenceArray<>(PLACES);

    /** @return what the token says; null when it has to be checked */
    @Nullable
    SessionToken find(String project, String token, List<HmacKey> keys) {
        Checked found = places.get(place(token));
        boolean same = found != null
                && found.keys == keys
                && found.project.equals(project)
                && MessageDigest.isEqual(found.token, bytes(token));
        return same ? found.said : null;
    }

    void keep(String project, String token, List<HmacKey> keys, SessionToken said) {
        places.set(place(token), new Checked(project, bytes(token), keys, said));
    }

    private static int place(String token) {
        int hash = token.hashCode();
        return (hash ^ hash >>> 16) & (PLACES - 1);
    }

    private static byte[] bytes(String token) {
        return token.getBytes(StandardCharsets.ISO_8859_1);
    }

    @SuppressWarnings("ArrayRecordComponent") // its own, and compared by nobody
    private record Checked(String project, byte[] token, List<HmacKey> keys, SessionToken said) {}
}

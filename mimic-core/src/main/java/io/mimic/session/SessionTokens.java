package io.mimic.session;

import io.mimic.catalog.SessionCatalog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs and checks session tokens. The key comes from {@code mimic.secret}, or is made once and kept in the catalog, so that all nodes
 * share it; the key before it stays valid. Thread-safe.
 *
 * <p>A token is base64url of: session id (16 bytes), time of the last batch (8 bytes), HMAC-SHA256 over both and the project's id
 * (32 bytes). It is good for one project only.
 */
public final class SessionTokens {
    private static final String KEY = "session.key";
    private static final String KEY_BEFORE = "session.key.previous";
    private static final int KEY_BYTES = 32;
    private static final int CLAIM_BYTES = 24;
    private static final int TOKEN_BYTES = CLAIM_BYTES + 32;
    private static final int TOKEN_CHARS = (TOKEN_BYTES * 8 + 5) / 6;
    private static final byte[] PURPOSE = "mimic session token 1".getBytes(StandardCharsets.US_ASCII);

    private final SessionCatalog catalog;
    private final byte @Nullable [] configured;
    private final List<byte[]> before;
    private volatile boolean published;
    private volatile List<byte[]> keys;

    private SessionTokens(SessionCatalog catalog, byte @Nullable [] configured, List<byte[]> before) {
        this.catalog = catalog;
        this.configured = configured;
        this.before = before;
        this.keys = configured == null
                ? List.of()
                : Stream.concat(Stream.of(configured), before.stream()).toList();
    }

    /**
     * @param secret the configured secret; empty: the catalog's
     * @param former the secret before it, whose tokens still count; empty: none but what the catalog remembers
     */
    public static SessionTokens open(SessionCatalog catalog, String secret, String former) {
        byte[] key = secret.isEmpty() ? null : keyOf(secret);
        return new SessionTokens(catalog, key, former.isEmpty() ? List.of() : List.of(keyOf(former)));
    }

    private static byte[] keyOf(String secret) {
        return mac(secret.getBytes(StandardCharsets.UTF_8), PURPOSE);
    }

    /**
     * Reads the keys. To be called in the background until it has succeeded once, and then every minute or so, to learn of a new key.
     *
     * @throws io.mimic.store.StoreException when the catalog cannot be read
     */
    public void load() {
        byte[] own = configured;
        String stored = catalog.settingOrInsert(KEY, () -> encode(own == null ? randomKey() : own))
                .value();
        if (own != null && !published && !stored.equals(encode(own))) {
            catalog.putSetting(KEY_BEFORE, stored);
            catalog.putSetting(KEY, encode(own));
        }
        published = true;
        List<byte[]> valid = new ArrayList<>();
        if (own != null) {
            valid.add(own);
        }
        Stream.concat(Stream.of(stored), catalog.setting(KEY_BEFORE).stream())
                .map(SessionTokens::decodeKey)
                .forEach(valid::add);
        valid.addAll(before);
        keys = List.copyOf(valid);
    }

    /** Whether the keys have been read; before that nothing can be signed. */
    public boolean ready() {
        return !keys.isEmpty();
    }

    /** Name of the session cookie of a project. */
    public static String cookieName(String project) {
        return "mimic_session_" + project.substring(0, Math.min(8, project.length()));
    }

    /**
     * @param activeAt time of the session's last batch, ms since the epoch
     * @throws IllegalStateException before the keys have been read
     */
    public String sign(String project, UUID session, long activeAt) {
        List<byte[]> valid = keys;
        if (valid.isEmpty()) {
            throw new IllegalStateException("The keys have not been read yet.");
        }
        byte[] claim = ByteBuffer.allocate(CLAIM_BYTES)
                .putLong(session.getMostSignificantBits())
                .putLong(session.getLeastSignificantBits())
                .putLong(activeAt)
                .array();
        byte[] signature = mac(valid.get(0), claim, project.getBytes(StandardCharsets.UTF_8));
        return encode(ByteBuffer.allocate(TOKEN_BYTES).put(claim).put(signature).array());
    }

    /** @return what the token says, when it was signed for this project with a valid key */
    public Optional<SessionToken> verify(String project, String token) {
        if (token.length() != TOKEN_CHARS) {
            return Optional.empty();
        }
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        byte[] claim = new byte[CLAIM_BYTES];
        byte[] signature = new byte[TOKEN_BYTES - CLAIM_BYTES];
        bytes.get(claim).get(signature).flip();
        byte[] name = project.getBytes(StandardCharsets.UTF_8);
        boolean valid = false;
        for (byte[] key : keys) {
            valid |= MessageDigest.isEqual(signature, mac(key, claim, name));
        }
        return valid
                ? Optional.of(new SessionToken(new UUID(bytes.getLong(), bytes.getLong()), bytes.getLong()))
                : Optional.empty();
    }

    private static byte[] mac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256, but this one answers: " + e.getMessage(), e);
        }
    }

    private static byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decodeKey(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}

package io.mimic.session;

import io.mimic.catalog.SessionCatalog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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
    private final @Nullable HmacKey configured;
    private final List<HmacKey> before;
    private final CheckedTokens checked = new CheckedTokens();
    private volatile boolean published;
    private volatile List<HmacKey> keys;

    private SessionTokens(SessionCatalog catalog, @Nullable HmacKey configured, List<HmacKey> before) {
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
        HmacKey key = secret.isEmpty() ? null : keyOf(secret);
        return new SessionTokens(catalog, key, former.isEmpty() ? List.of() : List.of(keyOf(former)));
    }

    private static HmacKey keyOf(String secret) {
        return new HmacKey(new HmacKey(secret.getBytes(StandardCharsets.UTF_8)).sign(PURPOSE));
    }

    /**
     * Reads the keys. To be called in the background until it has succeeded once, and then every minute or so, to learn of a new key.
     *
     * @throws io.mimic.store.StoreException when the catalog cannot be read
     */
    public void load() {
        HmacKey own = configured;
        String stored = catalog.settingOrInsert(KEY, () -> encode(own == null ? randomKey() : own.bytes()))
                .value();
        if (own != null && !published && !stored.equals(encode(own.bytes()))) {
            catalog.putSetting(KEY_BEFORE, stored);
            catalog.putSetting(KEY, encode(own.bytes()));
        }
        published = true;
        List<HmacKey> valid = new ArrayList<>();
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
        List<HmacKey> valid = keys;
        if (valid.isEmpty()) {
            throw new IllegalStateException("The keys have not been read yet.");
        }
        byte[] claim = ByteBuffer.allocate(CLAIM_BYTES)
                .putLong(session.getMostSignificantBits())
                .putLong(session.getLeastSignificantBits())
                .putLong(activeAt)
                .array();
        byte[] signature = valid.get(0).sign(claim, project.getBytes(StandardCharsets.UTF_8));
        return encode(ByteBuffer.allocate(TOKEN_BYTES).put(claim).put(signature).array());
    }

    /** @return what the token says, when it was signed for this project with a valid key */
    public Optional<SessionToken> verify(String project, String token) {
        if (token.length() != TOKEN_CHARS) {
            return Optional.empty();
        }
        List<HmacKey> valid = keys;
        SessionToken known = checked.find(project, token, valid);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<SessionToken> said = check(project, token, valid);
        said.ifPresent(fresh -> checked.keep(project, token, valid, fresh));
        return said;
    }

    private static Optional<SessionToken> check(String project, String token, List<HmacKey> keys) {
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
        for (HmacKey key : keys) {
            valid |= MessageDigest.isEqual(signature, key.sign(claim, name));
        }
        return valid
                ? Optional.of(new SessionToken(new UUID(bytes.getLong(), bytes.getLong()), bytes.getLong()))
                : Optional.empty();
    }

    private static byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static HmacKey decodeKey(String text) {
        return new HmacKey(Base64.getUrlDecoder().decode(text));
    }
}

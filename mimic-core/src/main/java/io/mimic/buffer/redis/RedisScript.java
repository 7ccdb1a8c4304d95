package io.mimic.buffer.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** One Lua script, and the hash by which Redis knows it. */
enum RedisScript {
    BIND,
    REBIND,
    APPEND,
    ATTACH,
    PEEK,
    CLAIM,
    HOLD,
    DROP,
    COMPLETE,
    ERASE,
    FORGET,
    RECALL,
    USAGE,
    SERVER;

    private final String source;
    private final String sha;

    RedisScript() {
        this.source = resource("library") + "\n" + resource(name().toLowerCase(Locale.ROOT));
        try {
            this.sha =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-1.", e);
        }
    }

    byte[] source() {
        return source.getBytes(UTF_8);
    }

    byte[] sha() {
        return sha.getBytes(US_ASCII);
    }

    private static String resource(String name) {
        try (InputStream in = RedisScript.class.getResourceAsStream(name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException("MIMIC's jar lacks " + name + ".lua");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

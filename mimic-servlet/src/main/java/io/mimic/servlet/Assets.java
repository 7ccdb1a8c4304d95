package io.mimic.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Files of a jar, served with a strong ETag and, where the build left {@code name.br} or {@code name.gz} beside a file, compressed. A file
 * asked for with {@code ?v=} and its hash may be cached for ever. Thread-safe.
 */
public final class Assets {
    private static final int VERSION_LENGTH = 16;
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("webp", "image/webp"),
            Map.entry("woff2", "font/woff2"));

    private final ClassLoader loader;
    private final String folder;
    private final Map<String, Optional<Asset>> cache = new ConcurrentHashMap<>();

    private Assets(ClassLoader loader, String folder) {
        this.loader = loader;
        this.folder = folder;
    }

    /** @param folder on the class path, such as {@code META-INF/mimic/}, with the slash at its end */
    public static Assets of(ClassLoader loader, String folder) {
        return new Assets(loader, folder);
    }

    /** Hash of a file's content in hex, for {@code ?v=}, which may be longer or cut to 8 digits; empty when there is no such file. */
    public Optional<String> hash(String name) {
        return find(name).map(Asset::version);
    }

    /** The whole of a file; empty when there is none. */
    public Optional<byte[]> content(String name) {
        return find(name).map(asset -> asset.plain().clone());
    }

    /**
     * Answers with a file.
     *
     * @param immutable whether the name itself changes with the content, so that it may be cached for ever
     * @throws ProblemException 404 when there is no such file
     */
    public void send(Exchange exchange, String name, boolean immutable) throws IOException {
        Asset asset =
                find(name).orElseThrow(() -> new ProblemException(404, "Not found", "There is no file of this name."));
        boolean named = exchange.query("v").filter(asset::isVersion).isPresent();
        var response = exchange.response();
        response.setHeader(
                "Cache-Control", immutable || named ? "public, max-age=31536000, immutable" : "public, no-cache");
        response.addHeader("Vary", "Accept-Encoding");
        AcceptedEncodings accepted = AcceptedEncodings.of(exchange.request());
        Encoded chosen = asset.choose(accepted);
        String tag = "\"" + asset.version() + chosen.suffix() + "\"";
        response.setHeader("ETag", tag);
        if (exchange.header("If-None-Match").filter(known -> knows(known, tag)).isPresent()) {
            response.setStatus(304);
            return;
        }
        if (!chosen.coding().isEmpty()) {
            response.setHeader("Content-Encoding", chosen.coding());
        }
        exchange.send(200, asset.type(), chosen.body());
    }

    private static boolean knows(String ifNoneMatch, String tag) {
        for (String part : ifNoneMatch.split(",", -1)) {
            String known = part.trim();
            if (known.equals("*") || known.equals(tag) || known.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    private Optional<Asset> find(String name) {
        if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")) {
            return Optional.empty();
        }
        Optional<Asset> known = cache.get(name);
        if (known != null) {
            return known;
        }
        Optional<Asset> read = read(name);
        // what is missing is not remembered: names come from the network
        read.ifPresent(asset -> cache.put(name, read));
        return read;
    }

    private Optional<Asset> read(String name) {
        byte[] plain = bytes(name);
        if (plain == null) {
            return Optional.empty();
        }
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = TYPES.getOrDefault(ending, "application/octet-stream");
        return Optional.of(new Asset(plain, bytes(name + ".br"), bytes(name + ".gz"), type, hashOf(plain)));
    }

    private byte @Nullable [] bytes(String name) {
        try (InputStream in = loader.getResourceAsStream(folder + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + folder + name + " of a MIMIC jar cannot be read.", e);
        }
    }

    private static String hashOf(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private record Encoded(String coding, String suffix, byte[] body) {}

    private record Asset(byte[] plain, byte @Nullable [] brotli, byte @Nullable [] gzip, String type, String hash) {
        String version() {
            return hash.substring(0, VERSION_LENGTH);
        }

        boolean isVersion(String text) {
            return text.length() >= VERSION_LENGTH / 2 && hash.startsWith(text);
        }

        Encoded choose(AcceptedEncodings accepted) {
            if (brotli != null && accepted.accepts("br")) {
                return new Encoded("br", "-br", brotli);
            }
            if (gzip != null && accepted.accepts("gzip")) {
                return new Encoded("gzip", "-gz", gzip);
            }
            return new Encoded("", "", plain);
        }
    }
}

package io.mimic.asset;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells by its bytes what an asset is. What a server says only decides whether to look. */
final class AssetTypes {
    static final String CSS = "text/css";
    static final String SVG = "image/svg+xml";

    private static final Set<String> FONTS = Set.of(
            "application/font-woff",
            "application/font-woff2",
            "application/x-font-woff",
            "application/x-font-woff2",
            "application/x-font-ttf",
            "application/x-font-otf",
            "application/font-sfnt",
            "application/vnd.ms-opentype",
            // what servers say of endings that they do not know
            "application/octet-stream",
            "");

    private static final int LOOKED_AT = 4_096;

    private AssetTypes() {}

    /**
     * @param declared the answer's content type; empty when it has none
     * @return empty when it is nothing that is kept
     */
    static Optional<String> of(String declared, byte[] bytes) {
        String type = declared.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.equals(CSS)) {
            return looksLikeMarkup(bytes) ? Optional.empty() : Optional.of(CSS);
        }
        Optional<String> magic = magic(bytes);
        if (type.startsWith("image/")) {
            return magic.filter(found -> found.startsWith("image/")).or(() -> svg(type, bytes));
        }
        return type.startsWith("font/") || FONTS.contains(type)
                ? magic.filter(found -> found.startsWith("font/"))
                : Optional.empty();
    }

    private static Optional<String> svg(String type, byte[] bytes) {
        return type.equals(SVG) && start(bytes).contains("<svg") ? Optional.of(SVG) : Optional.empty();
    }

    private static Optional<String> magic(byte[] bytes) {
        if (begins(bytes, 0, "\u0089PNG\r\n")) {
            return Optional.of("image/png");
        }
        if (begins(bytes, 0, "\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        if (begins(bytes, 0, "GIF87a") || begins(bytes, 0, "GIF89a")) {
            return Optional.of("image/gif");
        }
        if (begins(bytes, 0, "RIFF") && begins(bytes, 8, "WEBP")) {
            return Optional.of("image/webp");
        }
        if (begins(bytes, 4, "ftypavif") || begins(bytes, 4, "ftypavis") || begins(bytes, 4, "ftypmif1")) {
            return Optional.of("image/avif");
        }
        if (begins(bytes, 0, "\0\0\1\0")) {
            return Optional.of("image/x-icon");
        }
        if (begins(bytes, 0, "BM")) {
            return Optional.of("image/bmp");
        }
        return font(bytes);
    }

    private static Optional<String> font(byte[] bytes) {
        if (begins(bytes, 0, "wOF2")) {
            return Optional.of("font/woff2");
        }
        if (begins(bytes, 0, "wOFF")) {
            return Optional.of("font/woff");
        }
        if (begins(bytes, 0, "\0\1\0\0") || begins(bytes, 0, "true")) {
            return Optional.of("font/ttf");
        }
        return begins(bytes, 0, "OTTO") ? Optional.of("font/otf") : Optional.empty();
    }

    private static boolean begins(byte[] bytes, int at, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < at + wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean looksLikeMarkup(byte[] bytes) {
        return start(bytes).stripLeading().startsWith("<");
    }

    private static String start(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.UTF_8);
        return start.startsWith("\ufeff") ? start.substring(1) : start;
    }
}

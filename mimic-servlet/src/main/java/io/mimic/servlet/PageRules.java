package io.mimic.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether an answer is an HTML page that may be changed, told from its status and headers at its first byte. */
final class PageRules {
    /** Headers that vouch for the bytes, or say that there are others. */
    private static final List<String> BOUND_TO_BYTES =
            List.of("Content-Range", "Content-MD5", "Digest", "Content-Digest", "Repr-Digest", "Signature-Input");

    private PageRules() {}

    static boolean isPage(HttpServletResponse response) {
        int status = response.getStatus();
        if (!mayBePage(status) || !isHtml(response.getContentType())) {
            return false;
        }
        String coding = response.getHeader("Content-Encoding");
        if (coding != null && !coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
            return false;
        }
        String disposition = response.getHeader("Content-Disposition");
        if (disposition != null && disposition.toLowerCase(Locale.ROOT).startsWith("attachment")) {
            return false;
        }
        for (String header : BOUND_TO_BYTES) {
            if (response.containsHeader(header)) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayBePage(int status) {
        return switch (status) {
            case 204, 205, 206, 304 -> false;
            default -> status >= 200;
        };
    }

    private static boolean isHtml(@Nullable String contentType) {
        if (contentType == null || contentType.length() < 9 || !contentType.regionMatches(true, 0, "text/html", 0, 9)) {
            return false;
        }
        return contentType.length() == 9 || ";, \t".indexOf(contentType.charAt(9)) >= 0;
    }

    /** Whether a tag can be found and written in bytes of this charset, or of none that is declared. */
    static boolean writable(@Nullable String charset) {
        String name = charset == null ? "" : charset.toUpperCase(Locale.ROOT);
        return name.startsWith("UTF-16") || asciiCompatible(name);
    }

    private static boolean asciiCompatible(String charset) {
        if (charset.isEmpty() || charset.equals("UTF-8") || charset.startsWith("ISO-8859")) {
            return true;
        }
        if (charset.startsWith("ISO-2022") || charset.startsWith("HZ") || charset.startsWith("UTF-7")) {
            return false;
        }
        try {
            String sample = "<script src=\"/a\">";
            Charset known = Charset.forName(charset);
            return new String(sample.getBytes(StandardCharsets.US_ASCII), known).equals(sample);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return false; // a charset that Java does not know, so nothing is known of it
        }
    }
}

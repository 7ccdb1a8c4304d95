package io.mimic.maven;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The bytes of a page as text whose offsets are known in the bytes. Charsets that are ASCII below 128 are read as ISO-8859-1: then one
 * character is one byte, whatever the charset, and what is found and inserted is ASCII anyway. UTF-16 has two bytes a character.
 */
final class PageText {
    private static final Pattern ISO_2022 = Pattern.compile(
            "(?i)charset\\s*=\\s*[\"']?\\s*(iso-2022|hz-gb|utf-7)|encoding\\s*=\\s*[\"'](iso-2022|hz-gb|utf-7)");
    private static final Pattern DECLARED = Pattern.compile("(?i)(charset|encoding)\\s*=\\s*[\"']?\\s*[a-z0-9]");
    /** To characters of two bytes; what only goes back to ASCII, as output of terminals has it, shifts nothing. */
    private static final Pattern ESCAPES = Pattern.compile("\u001b\\$[@AB(]");

    private static final int DECLARED_WITHIN = 4096;

    private final byte[] bytes;
    private final int start;
    private final int width;
    private final Charset charset;
    private final String text;

    private PageText(byte[] bytes, int start, int width, Charset charset) {
        this.bytes = bytes;
        this.start = start;
        this.width = width;
        this.charset = charset;
        this.text = new String(bytes, start, bytes.length - start, charset);
    }

    /** @throws UnreadablePageException when the bytes are in a charset whose tags cannot be told from its text */
    static PageText of(byte[] bytes) throws UnreadablePageException {
        if (starts(bytes, 0xff, 0xfe, 0, 0) || starts(bytes, 0, 0, 0xfe, 0xff)) {
            throw new UnreadablePageException("it is UTF-32, which browsers do not read");
        }
        if (starts(bytes, 0xff, 0xfe) || starts(bytes, '<', 0)) {
            return wide(bytes, bytes[0] == '<' ? 0 : 2, StandardCharsets.UTF_16LE);
        }
        if (starts(bytes, 0xfe, 0xff) || starts(bytes, 0, '<')) {
            return wide(bytes, bytes[0] == 0 ? 0 : 2, StandardCharsets.UTF_16BE);
        }
        int bom = starts(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0;
        PageText page = new PageText(bytes, bom, 1, StandardCharsets.ISO_8859_1);
        String beginning = page.text.substring(0, Math.min(page.text.length(), DECLARED_WITHIN));
        boolean told = bom > 0 || DECLARED.matcher(beginning).find();
        if (ISO_2022.matcher(beginning).find()
                || (!told && ESCAPES.matcher(page.text).find())) {
            throw new UnreadablePageException("it is in a charset with shifts (ISO-2022, HZ or UTF-7)");
        }
        return page;
    }

    byte[] bytes() {
        return bytes;
    }

    String text() {
        return text;
    }

    /** The page with ASCII text inserted. */
    byte[] insert(int offset, String ascii) {
        return replace(offset, offset, ascii);
    }

    /** The page without a part. */
    byte[] remove(int from, int to) {
        return replace(from, to, "");
    }

    /** Whether a part of the text is this, upper and lower case alike. */
    boolean at(int offset, String expected) {
        return text.regionMatches(true, offset, expected, 0, expected.length());
    }

    private byte[] replace(int from, int to, String ascii) {
        byte[] inserted = ascii.getBytes(charset);
        int head = start + from * width;
        int tail = start + to * width;
        byte[] result = Arrays.copyOf(bytes, bytes.length - (tail - head) + inserted.length);
        System.arraycopy(inserted, 0, result, head, inserted.length);
        System.arraycopy(bytes, tail, result, head + inserted.length, bytes.length - tail);
        return result;
    }

    private static PageText wide(byte[] bytes, int bom, Charset charset) throws UnreadablePageException {
        if (bytes.length % 2 != 0) {
            throw new UnreadablePageException(
                    "it is " + charset.name().toUpperCase(Locale.ROOT) + " with half a character at its end");
        }
        return new PageText(bytes, bom, 2, charset);
    }

    private static boolean starts(byte[] bytes, int... expected) {
        if (bytes.length < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}

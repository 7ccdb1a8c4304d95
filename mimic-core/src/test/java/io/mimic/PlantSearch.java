package io.mimic;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.tukaani.xz.XZInputStream;

/** Looks for what a test has planted, in bytes of any kind: as they are, in UTF-16, in hex, and in every compressed stream that begins somewhere in them. */
public final class PlantSearch {
    /** Begins every planted word; what follows says the place. */
    public static final String MARK = "zebrafinch";

    /** Of the planted visitor, the place {@code address}. */
    static final String ADDRESS = "198.51.100.77";

    private static final Pattern PLANTED = Pattern.compile(MARK
            + "(url|title|user|later|trait|console|error|stack|network|header|body|frame|text|input|event|referrer|agent"
            + "|path|log|exception|)|" + Pattern.quote(ADDRESS));
    private static final byte[] XZ = {(byte) 0xFD, '7', 'z', 'X', 'Z', 0};

    private PlantSearch() {}

    /** @return the places that were found */
    public static Set<String> in(List<byte[]> all) {
        Set<String> found = new TreeSet<>();
        for (byte[] bytes : all) {
            look(bytes, found);
            for (int at = 0; at < bytes.length - 5; at++) {
                look(unpacked(bytes, at), found);
            }
        }
        return found;
    }

    private static void look(byte[] bytes, Set<String> found) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Matcher planted = PLANTED.matcher(text + text.replace("\0", ""));
        while (planted.find()) {
            found.add(planted.group(1) == null ? "address" : planted.group(1));
        }
    }

    /** As much as can be unpacked of a stream that begins here; nothing when none does. */
    private static byte[] unpacked(byte[] bytes, int at) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = stream(bytes, at)) {
            in.transferTo(out);
        } catch (IOException e) {
            // what came before the stream's end or damage counts
            return out.toByteArray();
        }
        return out.toByteArray();
    }

    private static InputStream stream(byte[] bytes, int at) throws IOException {
        ByteArrayInputStream rest = new ByteArrayInputStream(bytes, at, bytes.length - at);
        int first = bytes[at] & 0xff;
        int both = first << 8 | bytes[at + 1] & 0xff;
        if (first == 0x78 && both % 31 == 0) {
            return new InflaterInputStream(rest);
        }
        if (both == 0x1f8b) {
            return new GZIPInputStream(rest);
        }
        return Arrays.equals(bytes, at, Math.min(bytes.length, at + XZ.length), XZ, 0, XZ.length)
                ? new XZInputStream(rest, 1 << 16)
                : InputStream.nullInputStream();
    }
}

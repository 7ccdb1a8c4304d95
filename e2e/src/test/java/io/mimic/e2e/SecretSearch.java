package io.mimic.e2e;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Looks for a typed secret in bytes: as it is, URL-encoded, in base64 at each of its three alignments, and in every gzip or xz
 * stream that begins anywhere in the bytes.
 */
final class SecretSearch {
    private static final byte[] XZ = {(byte) 0xFD, '7', 'z', 'X', 'Z', 0};
    private static final byte[] GZIP = {0x1F, (byte) 0x8B, 8};

    private final List<byte[]> forms = new ArrayList<>();

    SecretSearch(String... secrets) {
        for (String secret : secrets) {
            forms.add(secret.getBytes(StandardCharsets.UTF_8));
            forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
            for (int shift = 0; shift < 3; shift++) {
                forms.add(base64Core(secret, shift));
            }
        }
    }

    /** The base64 digits that depend on the secret alone when {@code shift} bytes stand before it. */
    private static byte[] base64Core(String secret, int shift) {
        String encoded = Base64.getEncoder()
                .withoutPadding()
                .encodeToString(("\0".repeat(shift) + secret).getBytes(StandardCharsets.UTF_8));
        return encoded.substring(shift == 0 ? 0 : shift + 1, encoded.length() - 1)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Files below a folder in which the secret stands, compressed or not; files that go while it is looked for are gone. */
    List<String> foundBelow(Path folder) {
        List<String> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    try {
                        if (attributes.isRegularFile() && foundIn(Files.readAllBytes(file))) {
                            found.add(folder.relativize(file).toString());
                        }
                    } catch (NoSuchFileException e) {
                        return visitFileFailed(file, e);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException && !file.equals(folder)) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    boolean foundIn(byte[] content) {
        if (standsIn(content)) {
            return true;
        }
        for (int at = 0; at < content.length - 6; at++) {
            if (startsWith(content, at, XZ) && standsIn(unpacked(content, at, true))
                    || startsWith(content, at, GZIP) && standsIn(unpacked(content, at, false))) {
                return true;
            }
        }
        return false;
    }

    /** Where the secret stands, with what is around it, for a failure's message. */
    List<String> around(byte[] content) {
        byte[] plain = startsWith(content, 0, GZIP) ? unpacked(content, 0, false) : content;
        return forms.stream()
                .map(form -> excerpt(plain, indexOf(plain, form)))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String excerpt(byte[] plain, int at) {
        if (at < 0) {
            return "";
        }
        int from = Math.max(0, at - 200);
        return new String(plain, from, Math.min(plain.length, at + 100) - from, StandardCharsets.UTF_8);
    }

    private boolean standsIn(byte[] content) {
        return forms.stream().anyMatch(form -> indexOf(content, form) >= 0);
    }

    private static int indexOf(byte[] content, byte[] form) {
        for (int at = 0; at <= content.length - form.length; at++) {
            if (startsWith(content, at, form)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] content, int at, byte[] form) {
        return at + form.length <= content.length
                && content[at] == form[0]
                && Arrays.equals(content, at, at + form.length, form, 0, form.length);
    }

    /** What could be unpacked from there on; a chance match of the magic bytes gives little or nothing. */
    private static byte[] unpacked(byte[] content, int at, boolean xz) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ByteArrayInputStream packed = new ByteArrayInputStream(content, at, content.length - at);
        try (InputStream stream = xz ? new XZInputStream(packed, 64 * 1024) : new GZIPInputStream(packed)) {
            stream.transferTo(plain);
        } catch (IOException e) {
            plain.writeBytes(new byte[0]); // other bytes follow the stream, or it was none: what came before counts
        }
        return plain.toByteArray();
    }
}

package io.mimic.servlet;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one page is written in: characters, or bytes of some charset.
 *
 * @param <A> array that carries it
 */
interface Medium<A> {
    /** Feeds the scanner; called with every piece, in order. */
    void scan(A data, int from, int length, HeadScanner scanner);

    int length(A data);

    A allocate(int length);

    A encode(String ascii);

    /** Array elements of one unit of the scanner. */
    int width();

    /** Bytes that one array element becomes on the wire, for ASCII. */
    int bytesPerElement();

    static Medium<char[]> characters(@Nullable String charset) {
        return new Characters(utf16(charset) ? 2 : 1);
    }

    /** @param charset as the answer declares it; a byte order mark overrides it, as in a browser */
    static Medium<byte[]> bytes(@Nullable String charset) {
        return new Bytes(charset);
    }

    private static boolean utf16(@Nullable String charset) {
        return charset != null && charset.toUpperCase(Locale.ROOT).startsWith("UTF-16");
    }

    /** Java characters, which the container encodes. */
    record Characters(int bytesPerElement) implements Medium<char[]> {
        @Override
        public void scan(char[] data, int from, int length, HeadScanner scanner) {
            int end = from + length;
            for (int i = from; i < end && !scanner.settled(); i++) {
                int next = find(scanner.awaited(), data, i, end);
                scanner.skipped(next - i);
                i = next;
                if (i < end) {
                    scanner.accept(data[i]);
                }
            }
        }

        private static int find(int awaited, char[] data, int from, int end) {
            int at = from;
            if (awaited != HeadScanner.NONE) {
                while (at < end && data[at] != awaited && data[at] != 0) {
                    at++;
                }
            }
            return at;
        }

        @Override
        public int length(char[] data) {
            return data.length;
        }

        @Override
        public char[] allocate(int length) {
            return new char[length];
        }

        @Override
        public char[] encode(String ascii) {
            return ascii.toCharArray();
        }

        @Override
        public int width() {
            return 1;
        }
    }

    /** Bytes; the first two may say that they are UTF-16. */
    final class Bytes implements Medium<byte[]> {
        private static final int NONE = -1;

        private final @Nullable String declared;
        private @Nullable Charset charset;
        private int half = NONE;

        private Bytes(@Nullable String declared) {
            this.declared = declared;
        }

        @Override
        public void scan(byte[] data, int from, int length, HeadScanner scanner) {
            int end = from + length;
            for (int i = from; i < end && !scanner.settled(); i++) {
                if (width() == 1) {
                    int next = find(scanner.awaited(), data, i, end);
                    scanner.skipped(next - i);
                    i = next;
                    if (i == end) {
                        return;
                    }
                }
                int value = data[i] & 0xff;
                if (charset == null && !choose(value)) {
                    half = value;
                } else if (width() == 1) {
                    if (half != NONE) {
                        scanner.accept(half); // it began as a mark would, and was none
                        half = NONE;
                    }
                    scanner.accept(value);
                } else if (half == NONE) {
                    half = value;
                } else {
                    boolean bigEndian = StandardCharsets.UTF_16BE.equals(charset);
                    scanner.accept(bigEndian ? half << 8 | value : value << 8 | half);
                    half = NONE;
                }
            }
        }

        private static int find(int awaited, byte[] data, int from, int end) {
            int at = from;
            if (awaited != HeadScanner.NONE) {
                while (at < end && data[at] != awaited && data[at] != 0) {
                    at++;
                }
            }
            return at;
        }

        /** @return false when the next byte is needed first */
        private boolean choose(int value) {
            if (half == NONE && (value == 0xfe || value == 0xff)) {
                return false;
            }
            if (half == 0xfe && value == 0xff) {
                charset = StandardCharsets.UTF_16BE;
            } else if (half == 0xff && value == 0xfe) {
                charset = StandardCharsets.UTF_16LE;
            } else if (utf16(declared)) {
                boolean bigEndian = "UTF-16BE".equalsIgnoreCase(declared);
                charset = bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
            } else {
                charset = StandardCharsets.ISO_8859_1;
            }
            return true;
        }

        @Override
        public int length(byte[] data) {
            return data.length;
        }

        @Override
        public byte[] allocate(int length) {
            return new byte[length];
        }

        @Override
        public byte[] encode(String ascii) {
            return ascii.getBytes(charset == null ? StandardCharsets.ISO_8859_1 : charset);
        }

        @Override
        public int width() {
            return charset == null || charset.equals(StandardCharsets.ISO_8859_1) ? 1 : 2;
        }

        @Override
        public int bytesPerElement() {
            return 1;
        }
    }
}

package io.mimic.benchmarks;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.XZOutputStream;

/**
 * A codec at a level.
 *
 * @param family its name without the level
 * @param heap what an encoder takes of it
 * @param usual whether the archive uses it unless told otherwise
 */
record Codec(String family, String name, String heap, boolean usual, Encoding encoding) {
    private static final String NATIVE = "none (native)";
    private static final int WINDOW = 8 << 20;
    private static final List<Codec> ALL = make();

    /** Begins a stream of so many bytes. */
    @FunctionalInterface
    interface Encoding {
        OutputStream to(OutputStream out, int partBytes) throws IOException;
    }

    /** Those of a family follow each other, the quickest first. */
    static List<Codec> all() {
        return ALL;
    }

    private static List<Codec> make() {
        Brotli4jLoader.ensureAvailability();
        List<Codec> all = new ArrayList<>();
        for (int level : new int[] {1, 6, 9}) {
            all.add(of("gzip", level, false, (out, bytes) -> gzip(out, level)));
        }
        for (int level : new int[] {1, 3, 9, 15}) {
            all.add(of("zstd", level, false, (out, bytes) -> new ZstdOutputStream(out).setLevel(level)));
        }
        for (int level : new int[] {1, 5, 9}) {
            all.add(of(
                    "brotli",
                    level,
                    false,
                    (out, bytes) -> new BrotliOutputStream(
                            out, new Encoder.Parameters().setQuality(level).setWindow(22))));
        }
        for (int level : new int[] {0, 1, 3, 6}) {
            all.add(new Codec(
                    "xz, window of 8 MiB",
                    "xz -" + level,
                    heap(level),
                    level == 1,
                    (out, bytes) -> new XZOutputStream(out, options(level, bytes))));
        }
        return all;
    }

    private static Codec of(String family, int level, boolean usual, Encoding encoding) {
        return new Codec(family, family + " -" + level, NATIVE, usual, encoding);
    }

    private static OutputStream gzip(OutputStream out, int level) throws IOException {
        return new GZIPOutputStream(out, 8192) {
            {
                def.setLevel(level);
            }
        };
    }

    private static String heap(int level) {
        return String.format(Locale.ROOT, "≤ %.0f MB", options(level, WINDOW).getEncoderMemoryUsage() / 1024.0);
    }

    /** The dictionary is never larger than the part, as in the archive. */
    private static LZMA2Options options(int level, int bytes) {
        try {
            LZMA2Options options = new LZMA2Options(level);
            options.setDictSize(Math.max(LZMA2Options.DICT_SIZE_MIN, Math.min(WINDOW, bytes)));
            return options;
        } catch (UnsupportedOptionsException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Of all parts, each compressed on its own. */
    long size(List<byte[]> parts) {
        long size = 0;
        for (byte[] part : parts) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(part.length / 4 + 64);
            try (OutputStream encoder = encoding.to(out, part.length)) {
                encoder.write(part);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            size += out.size();
        }
        return size;
    }

    /** Processor time of this thread. */
    static long cpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}

package io.mimic.benchmarks;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * What compressing a visit takes and gives, for xz at several levels and dictionaries, gzip and zstd. The visits are made here, or are the files of
 * the folder that {@code MIMIC_BENCH_RECORDINGS} names.
 */
final class CompressionBenchmark {
    private final int rounds;

    CompressionBenchmark(int rounds) {
        this.rounds = rounds;
    }

    void run() {
        visits().forEach((name, bytes) -> {
            System.out.printf(Locale.ROOT, "%n### Compression, %s, %,d bytes%n%n", name, bytes.length);
            System.out.println("| codec | MB/s (median) | bytes a raw MB | ratio to gzip -6 | encoder's heap |");
            System.out.println("|---|---:|---:|---:|---:|");
            long[] reference = {0};
            codecs().forEach(codec -> row(codec, bytes, reference));
        });
    }

    private void row(Codec codec, byte[] bytes, long[] reference) {
        List<Double> speeds = new ArrayList<>();
        long size = 0;
        for (int round = -1; round < rounds; round++) {
            long began = System.nanoTime();
            size = size(codec, bytes);
            double seconds = (System.nanoTime() - began) / 1e9;
            if (round >= 0) {
                speeds.add(bytes.length / 1e6 / seconds);
            }
        }
        reference[0] = reference[0] == 0 ? size : reference[0];
        speeds.sort(null);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %,d | %.2f | %s |%n",
                codec.name(),
                speeds.get(speeds.size() / 2),
                Math.round(size * 1e6 / bytes.length),
                (double) size / reference[0],
                codec.heap());
    }

    private static long size(Codec codec, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
        try (OutputStream encoder = codec.encoder().to(out)) {
            encoder.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.size();
    }

    private static List<Codec> codecs() {
        List<Codec> codecs = new ArrayList<>();
        codecs.add(new Codec("gzip -6", "none (native 0.3 MB)", out -> gzip(out, 6)));
        codecs.add(new Codec("gzip -9", "none (native 0.3 MB)", out -> gzip(out, Deflater.BEST_COMPRESSION)));
        for (int level : new int[] {3, 9}) {
            codecs.add(new Codec("zstd -" + level, "none (native)", out -> new ZstdOutputStream(out).setLevel(level)));
        }
        codecs.add(xz(0, 256 << 10));
        codecs.add(xz(1, 1 << 20));
        codecs.add(xz(1, 4 << 20));
        codecs.add(xz(1, 8 << 20));
        codecs.add(xz(3, 8 << 20));
        codecs.add(xz(6, 8 << 20));
        return codecs;
    }

    private static OutputStream gzip(OutputStream out, int level) throws IOException {
        return new GZIPOutputStream(out, 8192) {
            {
                def.setLevel(level);
            }
        };
    }

    private static Codec xz(int preset, int dictionary) {
        try {
            LZMA2Options options = new LZMA2Options(preset);
            options.setDictSize(dictionary);
            String name = String.format(Locale.ROOT, "xz -%d, dictionary %,d KiB", preset, dictionary >> 10);
            String heap = String.format(Locale.ROOT, "%.0f MB", options.getEncoderMemoryUsage() / 1024.0);
            return new Codec(name, heap, out -> new XZOutputStream(out, options));
        } catch (org.tukaani.xz.UnsupportedOptionsException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, byte[]> visits() {
        Map<String, byte[]> visits = new LinkedHashMap<>();
        String folder = System.getenv("MIMIC_BENCH_RECORDINGS");
        if (folder == null) {
            visits.put("a visit to five pages", Visits.of(5, 400).getBytes(StandardCharsets.UTF_8));
            visits.put("a visit to a single page", Visits.of(1, 6_000).getBytes(StandardCharsets.UTF_8));
            return visits;
        }
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            for (Path file : files.sorted().toList()) {
                visits.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return visits;
    }

    /** @param heap what an encoder takes of it */
    private record Codec(String name, String heap, Encoder encoder) {}

    @FunctionalInterface
    private interface Encoder {
        OutputStream to(OutputStream out) throws IOException;
    }
}

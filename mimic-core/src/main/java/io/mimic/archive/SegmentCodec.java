package io.mimic.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/** How the parts of a segment are compressed. Parts are complete streams, so that an object is a file of its format too. */
public enum SegmentCodec {
    /** LZMA2 with a window that spans several snapshots; an encoder takes up to 70 MB of heap, a decoder 9 MB. */
    XZ("xz") {
        @Override
        OutputStream encode(OutputStream out, long partBytes) throws IOException {
            LZMA2Options options = new LZMA2Options(FAST_PRESET);
            options.setDictSize((int) Math.max(LZMA2Options.DICT_SIZE_MIN, Math.min(MAX_DICTIONARY, partBytes)));
            return new XZOutputStream(out, options);
        }

        @Override
        InputStream decode(InputStream in) throws IOException {
            return new XZInputStream(in, DECODER_LIMIT_KIB);
        }
    },
    /** Deflate: a third of the time, several times the size where a visit has several pages. */
    GZIP("gz") {
        @Override
        OutputStream encode(OutputStream out, long partBytes) throws IOException {
            return new GZIPOutputStream(out, 1 << 13);
        }

        @Override
        InputStream decode(InputStream in) throws IOException {
            return new GZIPInputStream(in, 1 << 13);
        }
    };

    private static final int FAST_PRESET = 1;
    private static final long MAX_DICTIONARY = 8L << 20;
    private static final int DECODER_LIMIT_KIB = 32 << 10;

    private final String suffix;

    SegmentCodec(String suffix) {
        this.suffix = suffix;
    }

    /** @throws IllegalArgumentException when there is no codec of that name */
    public static SegmentCodec named(String name) {
        return Stream.of(values())
                .filter(codec -> codec.codecName().equals(name))
                .findAny()
                .orElseThrow(() ->
                        new IllegalArgumentException("There is no codec \"" + name + "\"; there are xz and gzip."));
    }

    /** As the catalog and {@code mimic.archive.codec} call it. */
    public String codecName() {
        return this == XZ ? "xz" : "gzip";
    }

    /** Ending of an object's name, as tools know it. */
    String suffix() {
        return suffix;
    }

    /**
     * @param partBytes size of what will be written
     * @return a stream that must be closed before {@code out} holds everything; closing it closes {@code out}
     */
    abstract OutputStream encode(OutputStream out, long partBytes) throws IOException;

    abstract InputStream decode(InputStream in) throws IOException;
}

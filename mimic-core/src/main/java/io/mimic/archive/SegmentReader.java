package io.mimic.archive;

import io.mimic.archive.SessionArchive.NoSuchObjectException;
import io.mimic.catalog.SegmentRow;
import io.mimic.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Opens the parts of archived segments, each by its own byte range. Thread-safe. */
public final class SegmentReader {
    /** A part up to this size is fetched whole, so that a slow viewer holds no connection to the archive. */
    private static final int FETCHED_WHOLE = 2 << 20;

    private final SessionArchive archive;

    public SegmentReader(SessionArchive archive) {
        this.archive = archive;
    }

    /**
     * Opens one part.
     *
     * @throws SegmentDamagedException when the object is missing, cut short or altered; also from the reader later on
     * @throws StoreException when the archive cannot be asked; also from the reader later on
     */
    public PartReader open(SegmentRow segment, SegmentPart part) throws SegmentDamagedException {
        long offset = part == SegmentPart.TIMELINE ? 0 : segment.timelineBytes();
        long length = part == SegmentPart.TIMELINE ? segment.timelineBytes() : segment.domBytes();
        try {
            SegmentCodec codec = SegmentCodec.named(segment.codec());
            InputStream compressed = compressed(segment.object(), offset, length);
            try {
                return new PartReader(segment.object(), codec.decode(compressed), segment.rawBytes());
            } catch (IOException | RuntimeException e) {
                compressed.close();
                throw e;
            }
        } catch (IOException | IllegalArgumentException | NoSuchObjectException e) {
            throw new SegmentDamagedException(segment.object(), e);
        }
    }

    private InputStream compressed(String object, long offset, long length) throws IOException {
        InputStream stream = new FromStore(object, archive.open(object, offset, length));
        if (length > FETCHED_WHOLE) {
            return stream;
        }
        try (stream) {
            return new ByteArrayInputStream(stream.readNBytes((int) length));
        }
    }

    /** Tells a connection that broke from an object that is damaged: the codec reports the latter by IOException. */
    private static final class FromStore extends FilterInputStream {
        private final String object;

        FromStore(String object, InputStream in) {
            super(in);
            this.object = object;
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                throw broken(e);
            }
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return in.read(target, offset, length);
            } catch (IOException e) {
                throw broken(e);
            }
        }

        private StoreException broken(IOException cause) {
            return new StoreException(
                    "The archive broke off while " + object + " was read: " + cause.getMessage(), cause);
        }
    }
}

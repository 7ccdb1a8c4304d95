package io.mimic.archive;

import io.mimic.store.StoreHealth;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Finished segments, and the assets that they show: objects that are written once and read by byte range.
 *
 * <p><b>Contract</b>: {@link #put} is atomic: an object is there whole or not at all, whatever is killed; putting the same name again
 * replaces it whole. A name has the form {@code project/yyyy/mm/dd/session/segment}, or {@code project/assets/hash}, and only the characters {@code [A-Za-z0-9_/.-]}. Thread-safe.
 * Failures are {@link io.mimic.store.StoreException}.
 */
public interface SessionArchive extends AutoCloseable {
    /** Stores the content of {@code file} under {@code name}. Durable when it returns. */
    void put(String name, Path file);

    /**
     * Opens {@code length} bytes from {@code offset}. The caller closes the stream.
     *
     * @throws NoSuchObjectException when there is no such object
     * @throws IOException never; failures are {@link io.mimic.store.StoreException}, but reading the stream may throw it
     */
    InputStream open(String name, long offset, long length) throws IOException;

    /** Removes an object with all its versions. Removing what is not there is no error. */
    void delete(String name);

    /** Shows every object whose name begins with {@code prefix}, in no particular order. */
    void list(String prefix, Consumer<StoredObject> each);

    StoreHealth health();

    @Override
    void close();

    /**
     * @param name the object's name
     * @param bytes its size
     * @param modifiedAt when it was put, by the store's clock, ms since the epoch
     */
    record StoredObject(String name, long bytes, long modifiedAt) {}

    /** There is no object of that name. */
    final class NoSuchObjectException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NoSuchObjectException(String name) {
            super("There is no object " + name + " in the archive.");
        }
    }
}

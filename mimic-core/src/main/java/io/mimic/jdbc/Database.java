package io.mimic.jdbc;

import io.mimic.store.StoreHealth;
import org.jspecify.annotations.Nullable;

/**
 * One database that stores share. Thread-safe. Every failure is a {@link io.mimic.store.StoreException} whose message names the database, what
 * it was doing and what is wrong; what the work itself throws unchecked passes through.
 */
public interface Database extends AutoCloseable {
    Dialect dialect();

    /** Runs statements that only read. They see what was committed when each of them began. */
    <T extends @Nullable Object> T read(String doing, SqlWork<T> work);

    /**
     * Runs statements as one transaction; durable when it returns.
     *
     * @param doing what this is, to follow "could not"
     * @param bytes about how much it writes, for the bound of what waits
     */
    <T extends @Nullable Object> T write(String doing, long bytes, SqlWork<T> work);

    default <T extends @Nullable Object> T write(String doing, SqlWork<T> work) {
        return write(doing, 0, work);
    }

    /** Milliseconds since the epoch by the clock that all nodes of this database share. */
    long now(Sql sql) throws java.sql.SQLException;

    /** Asks that no copy of deleted rows stays in a log of the database; done in the background, as soon as readers allow it. */
    void scrub();

    StoreHealth health();

    @Override
    void close();
}

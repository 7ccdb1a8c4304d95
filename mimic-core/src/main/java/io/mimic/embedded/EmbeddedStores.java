package io.mimic.embedded;

import io.mimic.archive.SessionArchive;
import io.mimic.archive.file.FileSessionArchive;
import io.mimic.buffer.SessionBounds;
import io.mimic.buffer.SessionBuffer;
import io.mimic.buffer.jdbc.JdbcSessionBuffer;
import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.jdbc.JdbcSessionCatalog;
import io.mimic.jdbc.DataDirectory;
import io.mimic.jdbc.SqliteDatabase;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The three stores in one folder, which belongs to this process while they are open: {@code mimic.db} (SQLite: buffer and catalog) and {@code archive/}
 * (segments). They fit any mix: what is not used stays empty. Thread-safe.
 */
public final class EmbeddedStores implements AutoCloseable {
    private final DataDirectory directory;
    private final SqliteDatabase database;
    private final SessionBuffer buffer;
    private final SessionCatalog catalog;
    private final SessionArchive archive;

    private EmbeddedStores(
            DataDirectory directory,
            SqliteDatabase database,
            SessionArchive archive,
            SessionBounds bounds,
            Clock clock) {
        this.directory = directory;
        this.database = database;
        this.buffer = new JdbcSessionBuffer(database, bounds);
        this.catalog = new JdbcSessionCatalog(database, clock);
        this.archive = archive;
    }

    /**
     * Opens the stores, or makes them.
     *
     * @param dataDir the folder; it is made when it does not exist
     * @param clock decides about sessions and tombstones
     * @throws io.mimic.store.StoreException when the folder is held by another process (the message names it), cannot be written, is full, or
     *     the database is damaged; nothing stays open then
     */
    public static EmbeddedStores open(Path dataDir, SessionBounds bounds, Clock clock) {
        DataDirectory directory = DataDirectory.open(dataDir, clock);
        boolean opened = false;
        try {
            SessionArchive archive = FileSessionArchive.open(directory.path().resolve("archive"), clock);
            SqliteDatabase database = SqliteDatabase.open(directory.path().resolve("mimic.db"), clock);
            opened = true;
            return new EmbeddedStores(directory, database, archive, bounds, clock);
        } finally {
            if (!opened) {
                directory.close();
            }
        }
    }

    public SessionBuffer buffer() {
        return buffer;
    }

    public SessionCatalog catalog() {
        return catalog;
    }

    public SessionArchive archive() {
        return archive;
    }

    /** Commits what waits, closes all three and gives the folder free. */
    @Override
    public void close() {
        try {
            archive.close();
            database.close();
        } finally {
            directory.close();
        }
    }
}

package io.mimic.jdbc;

import io.mimic.store.StoreException;
import java.nio.file.Path;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in one sentence what is wrong with the embedded database and what to do. */
final class SqliteFailures implements Failures {
    private final Path file;

    SqliteFailures(Path file) {
        this.file = file;
    }

    @Override
    public StoreException told(String doing, Throwable cause) {
        return new StoreException("MIMIC's embedded database could not " + doing + ": " + reason(cause), cause);
    }

    private String reason(Throwable cause) {
        if (!(cause instanceof SQLiteException sqlite)) {
            return String.valueOf(cause.getMessage());
        }
        SQLiteErrorCode primary = SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff);
        return switch (primary) {
            case SQLITE_FULL ->
                "the disk of " + file.toAbsolutePath() + " is full. Free some space; recording goes on then.";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                file.toAbsolutePath()
                        + " is damaged. Put a backup in its place, or move it away to start with an empty one.";
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                file.toAbsolutePath() + " cannot be written by user " + System.getProperty("user.name") + ".";
            case SQLITE_IOERR ->
                "reading or writing " + file.toAbsolutePath() + " failed (" + sqlite.getMessage() + ").";
            default -> String.valueOf(sqlite.getMessage());
        };
    }
}

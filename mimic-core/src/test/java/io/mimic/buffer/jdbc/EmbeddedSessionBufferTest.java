package io.mimic.buffer.jdbc;

import io.mimic.SettableClock;
import io.mimic.buffer.SessionBounds;
import io.mimic.buffer.SessionBuffer;
import io.mimic.buffer.SessionBufferContract;
import io.mimic.jdbc.SqliteDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedSessionBufferTest extends SessionBufferContract {
    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-11-24T10:00:00Z");
    private final List<SqliteDatabase> databases = new ArrayList<>();

    @Override
    protected SessionBuffer open(SessionBounds bounds) {
        databases.add(SqliteDatabase.open(folder.resolve("buffer-" + databases.size() + ".db"), clock));
        return anotherNode(bounds);
    }

    @Override
    protected SessionBuffer anotherNode(SessionBounds bounds) {
        return new JdbcSessionBuffer(databases.get(databases.size() - 1), bounds);
    }

    @Override
    protected void advance(Duration time) {
        clock.advance(time);
    }

    @AfterEach
    void closeDatabases() {
        databases.forEach(SqliteDatabase::close);
    }
}

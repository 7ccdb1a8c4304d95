package io.mimic.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** PostgreSQL databases for a test, whose clock goes on beside the server's when the test says so. */
public final class ShiftedPostgresql implements AutoCloseable {
    private final AtomicLong shift = new AtomicLong();
    private final PostgresqlSettings settings;
    private final List<PostgresqlDatabase> nodes = new ArrayList<>();

    private ShiftedPostgresql(PostgresqlSettings settings) {
        this.settings = settings;
    }

    public static ShiftedPostgresql empty(String schema) throws Exception {
        return new ShiftedPostgresql(PostgresqlServer.shared().emptySchema(schema));
    }

    /** A further node's connection. */
    public Database node() {
        PostgresqlDatabase node = PostgresqlDatabase.open(settings, shift::get);
        nodes.add(node);
        return node;
    }

    public void advance(Duration time) {
        shift.addAndGet(time.toMillis());
    }

    @Override
    public void close() {
        nodes.forEach(PostgresqlDatabase::close);
    }
}

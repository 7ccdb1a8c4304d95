package io.mimic.buffer.jdbc;

import io.mimic.buffer.SessionBounds;
import io.mimic.buffer.SessionBuffer;
import io.mimic.buffer.SessionBufferContract;
import io.mimic.jdbc.ShiftedPostgresql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("servers")
class PostgresqlSessionBufferTest extends SessionBufferContract {
    private final List<ShiftedPostgresql> opened = new ArrayList<>();

    @Override
    protected SessionBuffer open(SessionBounds bounds) throws Exception {
        opened.add(ShiftedPostgresql.empty("mimic_buffer"));
        return anotherNode(bounds);
    }

    @Override
    protected SessionBuffer anotherNode(SessionBounds bounds) {
        return new JdbcSessionBuffer(opened.get(opened.size() - 1).node(), bounds);
    }

    @Override
    protected void advance(Duration time) {
        opened.get(opened.size() - 1).advance(time);
    }

    @AfterEach
    void closeDatabases() {
        opened.forEach(ShiftedPostgresql::close);
    }
}

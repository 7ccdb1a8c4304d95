package io.mimic.jdbc;

import java.sql.SQLException;

/** Where connections come from. Thread-safe. */
interface Connections extends AutoCloseable {
    /** Waits a bounded time for a free connection. */
    Sql borrow() throws SQLException;

    /** @param sound false: the connection is in doubt and is not used again */
    void giveBack(Sql sql, boolean sound);

    @Override
    void close();
}

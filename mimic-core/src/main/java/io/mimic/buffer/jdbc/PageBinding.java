package io.mimic.buffer.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Which session a page's batches go to, its place there, and the archiving that it has been asked for a snapshot after. */
record PageBinding(UUID session, long pageNo, long generation) {
    static PageBinding of(ResultSet row) throws SQLException {
        return new PageBinding(UUID.fromString(row.getString(1)), row.getLong(2), row.getLong(3));
    }
}

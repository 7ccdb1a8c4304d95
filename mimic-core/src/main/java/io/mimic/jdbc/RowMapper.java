package io.mimic.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the row that the result set stands on; does not move it. */
@FunctionalInterface
public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
}

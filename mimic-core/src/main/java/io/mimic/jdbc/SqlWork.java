package io.mimic.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Statements that belong together. May be run again from its start after a failure, so it keeps nothing outside the database.
 *
 * @param <T> what it answers
 */
@FunctionalInterface
public interface SqlWork<T extends @Nullable Object> {
    T run(Sql sql) throws SQLException;
}

package io.mimic.jdbc;

import io.mimic.store.StoreException;
import java.sql.SQLException;
import java.util.Set;

/** Says which PostgreSQL failed, and which failures come from two transactions that were in each other's way. */
final class PostgresqlFailures implements Failures {
    /** Serialization failure, deadlock, unique violation by a repetition on another node, lock not available in time. */
    private static final Set<String> PASSING = Set.of("40001", "40P01", "23505", "55P03");

    private final String url;

    PostgresqlFailures(String url) {
        this.url = url;
    }

    @Override
    public StoreException told(String doing, Throwable cause) {
        return new StoreException("PostgreSQL at " + url + " could not " + doing + ": " + cause.getMessage(), cause);
    }

    @Override
    public boolean passing(Throwable cause) {
        return cause instanceof SQLException sql && sql.getSQLState() != null && PASSING.contains(sql.getSQLState());
    }
}

package io.mimic.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.System.Logger.Level;
import java.sql.SQLException;

/** Connections of a pool, which it does not own. */
final class PooledConnections implements Connections {
    private final HikariDataSource pool;

    PooledConnections(HikariDataSource pool) {
        this.pool = pool;
    }

    @Override
    public Sql borrow() throws SQLException {
        return new Sql(pool.getConnection(), Dialect.POSTGRESQL);
    }

    @Override
    public void giveBack(Sql sql, boolean sound) {
        try {
            if (!sound) {
                pool.evictConnection(sql.connection());
            }
            sql.close();
        } catch (SQLException e) {
            System.getLogger(PooledConnections.class.getName())
                    .log(Level.DEBUG, "A connection to PostgreSQL could not be given back; the pool drops it.", e);
        }
    }

    @Override
    public void close() {}
}

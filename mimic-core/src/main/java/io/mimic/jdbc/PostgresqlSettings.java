package io.mimic.jdbc;

/**
 * Where the PostgreSQL is and how it is used.
 *
 * @param url {@code jdbc:postgresql://host/database}, with the driver's parameters (TLS, several hosts) if need be
 * @param user empty: as the URL says
 * @param password empty: as the URL says
 * @param schema empty: the connection's own search path
 * @param poolSize connections of this node, at least 2
 * @param migrate false: the tables must be there; nothing is made or changed
 */
public record PostgresqlSettings(
        String url, String user, String password, String schema, int poolSize, boolean migrate) {
    /** The address without parameters, which may hold a password. */
    String shownUrl() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }

    @Override
    public String toString() {
        return shownUrl();
    }
}

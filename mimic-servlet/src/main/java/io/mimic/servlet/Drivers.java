package io.mimic.servlet;

import java.lang.System.Logger.Level;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JDBC drivers, which register themselves for the whole JVM and would hold a webapp that is gone. */
final class Drivers {
    private static final System.Logger LOG = System.getLogger(Drivers.class.getName());

    private Drivers() {}

    /** Takes back the embedded store's driver, where it is this webapp's and nobody else's. */
    static void deregisterOwn(@Nullable ClassLoader webapp) {
        List<Driver> own = DriverManager.drivers()
                .filter(driver -> driver.getClass().getName().startsWith("org.sqlite.")
                        && driver.getClass().getClassLoader() == webapp)
                .toList();
        for (Driver driver : own) {
            try {
                DriverManager.deregisterDriver(driver);
            } catch (SQLException e) {
                LOG.log(Level.WARNING, "The driver of the embedded store stays registered.", e);
            }
        }
    }
}

package io.mimic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions that the build wrote down: of MIMIC, and of the drivers that it was tested with. */
final class Versions {
    private Versions() {}

    /** @param name {@code mimic}, or a driver's {@code group:artifact} */
    static String of(String name) {
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            Properties versions = new Properties();
            if (in != null) {
                versions.load(in);
            }
            return versions.getProperty(name, "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("versions.properties cannot be read from MIMIC's jar.", e);
        }
    }
}

package io.mimic.containers;

import java.nio.file.Path;

/**
 * A running servlet container on a loopback port of its own, which compresses HTML for clients that take gzip. It knows {@code anna}, whose
 * password is {@code kettle} and whose role {@code support}.
 */
interface Container extends AutoCloseable {
    /** The one that this run's class path is made for. */
    static Container start(Path work) throws Exception {
        String name = System.getProperty("container", "io.mimic.containers.TomcatContainer");
        return Class.forName(name)
                .asSubclass(Container.class)
                .getDeclaredConstructor(Path.class)
                .newInstance(work);
    }

    int port();

    /**
     * Starts a webapp.
     *
     * @param context such as {@code /host}
     * @param folder an exploded WAR
     */
    Deployment deploy(String context, Path folder) throws Exception;

    /** Whether {@code authenticate()} brings up the login page; else only a {@code security-constraint} does. */
    boolean asksWithoutConstraint();

    @Override
    void close() throws Exception;

    /** A running webapp. */
    interface Deployment {
        ClassLoader loader();

        void undeploy() throws Exception;
    }
}

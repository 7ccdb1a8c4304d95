package io.mimic.containers;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A container in a process of its own that, as all of them do, stops its webapps when it is asked to end. */
final class HostProcess {
    private HostProcess() {}

    /** @param arguments its working folder, the exploded WAR */
    public static void main(String[] arguments) throws Exception {
        Container container = Container.start(Path.of(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(container)));
        container.deploy("/host", Path.of(arguments[1]));
        System.out.println("port " + container.port());
        new CountDownLatch(1).await();
    }

    private static void close(Container container) {
        try {
            container.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.mimic.containers;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Cases against the host webapp at {@code /host}, with MIMIC as it comes, but that it soon gives up what comes slowly. */
@Tag("slow")
abstract class HostedCases {
    @TempDir
    static Path work;

    static Container container;
    static Client host;

    @BeforeAll
    static void start() throws Exception {
        container = Container.start(work);
        container.deploy(
                "/host",
                new HostWebapp(work.resolve("host"))
                        .parameter("mimic.ingest.body-timeout", "3s")
                        .build());
        host = Client.of(container, "/host");
        host.awaitRecording();
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }
}

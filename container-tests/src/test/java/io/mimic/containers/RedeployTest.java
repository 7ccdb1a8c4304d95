package io.mimic.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A webapp that is stopped and started again, over and over, in a container that runs on. */
@Tag("slow")
class RedeployTest {
    /** The pom's say: one leaves what the next cannot find, so that fewer tell it as well, only less often. */
    private static final int TIMES = Integer.getInteger("redeploys", 20);

    @TempDir
    static Path work;

    /**
     * The JVM's own: the code behind the records' equals and hashCode remembers the last class that it was asked for (java.lang.runtime.ObjectMethods,
     * one place).
     */
    private static final int KEPT_BY_THE_JVM = 1;

    private static Container container;

    @BeforeAll
    static void start() throws Exception {
        container = Container.start(work);
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    @Test
    void redeploysLeaveNoThreadClassLoaderFileOrLock() throws Exception {
        // without the container's search of every class for annotations, which takes most of a start
        Path folder = new HostWebapp(work.resolve("host")).metadataComplete().build();
        Path data = work.resolve("host-data");
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        loaders.add(redeploy(folder, 0)); // what the container and the JVM open once
        for (int i = 1; i <= TIMES; i++) {
            loaders.add(redeploy(folder, i));
        }

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(threadsOfMimic()).isEmpty());
        await("class loaders").atMost(Duration.ofSeconds(60)).until(() -> kept(loaders) <= KEPT_BY_THE_JVM);
        assertThat(openFilesBelow(data)).isEmpty();
        assertThat(lockFiles(data)).isEmpty();
    }

    /** A collection leaves what is softly reachable: that counts as kept. */
    private static long kept(List<WeakReference<ClassLoader>> loaders) {
        System.gc();
        return loaders.stream().filter(loader -> !loader.refersTo(null)).count();
    }

    private static WeakReference<ClassLoader> redeploy(Path folder, int seq) throws Exception {
        Container.Deployment deployment = container.deploy("/host", folder);
        Client host = Client.of(container, "/host");
        host.awaitRecording();
        host.assertInjected("/body/writer");
        assertThat(host.postBatch(HostWebapp.PROJECT, seq).status()).isEqualTo(202);
        WeakReference<ClassLoader> loader = new WeakReference<>(deployment.loader());
        deployment.undeploy();
        return loader;
    }

    private static Set<String> threadsOfMimic() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.toLowerCase(java.util.Locale.ROOT).contains("mimic"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Linux tells them; elsewhere the check has nothing to look at. */
    private static List<String> openFilesBelow(Path folder) throws IOException {
        return openFiles().filter(file -> file.startsWith(folder.toString())).toList();
    }

    private static Stream<String> openFiles() throws IOException {
        Path handles = Path.of("/proc/self/fd");
        if (!Files.isDirectory(handles)) {
            return Stream.empty();
        }
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(handles)) {
            for (Path handle : all.toList()) {
                try {
                    files.add(Files.readSymbolicLink(handle).toString());
                } catch (NoSuchFileException e) {
                    files.add("closed while the list was read");
                }
            }
        }
        return files.stream();
    }

    private static List<Path> lockFiles(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file ->
                            file.toString().endsWith("-wal") || file.toString().endsWith("-shm"))
                    .toList();
        }
    }
}

package io.mimic.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mimic.LiveFolder;
import io.mimic.buffer.Append;
import io.mimic.buffer.Chunks;
import io.mimic.buffer.SessionBounds;
import io.mimic.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoresTest {
    static final SessionBounds BOUNDS = new SessionBounds(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            8 << 20,
            Duration.ofMinutes(15),
            Duration.ofMinutes(2));

    @TempDir
    Path folder;

    private EmbeddedStores open() {
        return EmbeddedStores.open(folder.resolve("data"), BOUNDS, Clock.systemUTC());
    }

    private static UUID append(EmbeddedStores stores, String page, int seq, String dom) {
        return stores.buffer()
                .append(new Append("shop", Chunks.chunk(page, seq, dom), null, Chunks.freshId(), null))
                .session();
    }

    @Test
    void whatWasAppendedIsThereAfterReopening() {
        String page = Chunks.page();
        UUID session;
        try (EmbeddedStores stores = open()) {
            session = append(stores, page, 0, "x");
        }
        try (EmbeddedStores stores = open()) {
            assertThat(append(stores, page, 0, "x")).isEqualTo(session);
            assertThat(stores.buffer().usage().bytes()).isPositive();
        }
    }

    @Test
    void secondOpenerIsToldWhoHoldsTheFolder() {
        try (EmbeddedStores stores = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(
                            "is held by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("since 20")
                    .hasMessageContaining("mimic.data-dir");
            assertThat(stores.buffer().health().up()).isTrue();
        }
        open().close();
    }

    @Test
    void closedStoresRefuseToWrite() {
        EmbeddedStores stores = open();
        stores.close();
        assertThatThrownBy(() -> append(stores, Chunks.page(), 0, "x")).isInstanceOf(StoreException.class);
    }

    @Test
    void noThreadStaysBehind() {
        open().close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("mimic-writer");
    }

    @Test
    void damagedDatabaseIsNamed() throws IOException {
        open().close();
        Files.writeString(folder.resolve("data/mimic.db"), "This is no database. ".repeat(1000));
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("mimic.db is damaged")
                .hasMessageContaining("backup");
        Files.delete(folder.resolve("data/mimic.db"));
        open().close();
    }

    @Test
    void folderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThatThrownBy(() -> EmbeddedStores.open(file.resolve("data"), BOUNDS, Clock.systemUTC()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("file/data")
                .hasMessageContaining("cannot be written");
    }

    @Test
    void erasedSessionLeavesNoTraceInTheFiles() throws IOException {
        String secret = "4111-1111-secret";
        try (EmbeddedStores stores = open()) {
            UUID session = append(stores, Chunks.page(), 0, secret);
            assertThat(occursIn(folder, secret)).as("the search itself works").isTrue();
            stores.buffer().erase("shop", session);
            await().atMost(Duration.ofSeconds(20)).until(() -> !occursIn(folder, secret));
        }
    }

    private static boolean occursIn(Path folder, String text) throws IOException {
        return LiveFolder.files(folder).values().stream()
                .anyMatch(content -> new String(content, StandardCharsets.ISO_8859_1).contains(text));
    }
}

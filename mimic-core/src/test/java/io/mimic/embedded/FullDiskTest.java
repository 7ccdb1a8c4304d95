package io.mimic.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.buffer.Append;
import io.mimic.buffer.Appended;
import io.mimic.buffer.Chunks;
import io.mimic.buffer.SessionBuffer;
import io.mimic.buffer.jdbc.JdbcSessionBuffer;
import io.mimic.jdbc.SqliteDatabase;
import io.mimic.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that may not grow any more fails with SQLITE_FULL, as on a full disk. */
class FullDiskTest {
    private static final String LARGE = "x".repeat(4 << 20);

    @TempDir
    Path folder;

    @Test
    void batchIsRefusedWithTheReasonAndWhatWasTakenStays() {
        String page = Chunks.page();
        try (SqliteDatabase database = SqliteDatabase.open(folder.resolve("mimic.db"), Clock.systemUTC())) {
            SessionBuffer buffer = new JdbcSessionBuffer(database, EmbeddedStoresTest.BOUNDS);
            UUID session = append(buffer, page, 0, "small").session();
            long pages = database.read("count its pages", sql -> sql.number("PRAGMA page_count"));
            database.write("stop growing", sql -> sql.number("PRAGMA max_page_count = " + (pages + 20)));

            assertThatThrownBy(() -> append(buffer, page, 1, LARGE))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContainingAll(
                            "could not", "mimic.db is full", "Free some space; recording goes on then");
            assertThat(append(buffer, page, 0, "small"))
                    .as("the batch that was taken, again")
                    .satisfies(again -> {
                        assertThat(again.session()).isEqualTo(session);
                        assertThat(again.duplicate()).isTrue();
                    });

            database.write("grow again", sql -> sql.number("PRAGMA max_page_count = 1000000"));
            assertThat(append(buffer, page, 1, LARGE).session()).isEqualTo(session);
            assertThat(database.health().up()).isTrue();
        }
    }

    private static Appended append(SessionBuffer buffer, String page, int seq, String dom) {
        return buffer.append(new Append("shop", Chunks.chunk(page, seq, dom), null, Chunks.freshId(), null));
    }
}

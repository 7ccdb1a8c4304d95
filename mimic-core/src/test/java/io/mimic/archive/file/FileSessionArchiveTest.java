package io.mimic.archive.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.archive.SessionArchive;
import io.mimic.archive.SessionArchiveContract;
import io.mimic.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSessionArchiveTest extends SessionArchiveContract {
    @TempDir
    Path root;

    @Override
    protected SessionArchive open() {
        return FileSessionArchive.open(root.resolve("archive"), Clock.systemUTC());
    }

    @Override
    protected long now() {
        return System.currentTimeMillis();
    }

    @Test
    void whatAKilledProcessLeftUnfinishedIsDropped() throws IOException {
        Path left = Files.writeString(root.resolve("archive/.unfinished/object1.tmp"), "half");
        try (SessionArchive again = open()) {
            assertThat(left).doesNotExist();
            again.list("", object -> assertThat(object).isNull());
        }
    }

    /** Else what is erased while the archive's volume is away would count as gone. */
    @Test
    void anArchiveThatIsGoneFailsToListAFolder() throws IOException {
        Files.move(root.resolve("archive"), root.resolve("away"));

        assertThatThrownBy(() -> archive.list("shop/2026/11/24/a/", object -> {}))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("could not list shop/2026/11/24/a/");
        Files.move(root.resolve("away"), root.resolve("archive"));
    }

    @Test
    void emptyFoldersGoWithTheirLastObject() throws IOException {
        Path file = Files.writeString(root.resolve("one"), "content");
        archive.put("shop/2026/11/24/a/1", file);
        archive.delete("shop/2026/11/24/a/1");
        try (Stream<Path> left = Files.list(root.resolve("archive"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly(".unfinished");
        }
    }
}

package io.mimic.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.archive.SessionArchive.NoSuchObjectException;
import io.mimic.archive.SessionArchive.StoredObject;
import io.mimic.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link SessionArchive} does. A subclass says how one is opened. */
public abstract class SessionArchiveContract {
    private static final String NAME = "shop/2026/11/24/0193-a/1-x";

    @TempDir
    Path files;

    protected SessionArchive archive;

    /** An archive that holds nothing. */
    protected abstract SessionArchive open() throws Exception;

    /** The time by the archive's own clock, ms since the epoch. */
    protected abstract long now();

    @BeforeEach
    void openArchive() throws Exception {
        archive = open();
    }

    @AfterEach
    void closeArchive() {
        archive.close();
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(files, "segment", ".tmp"), content);
    }

    protected static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private byte[] read(String name, long offset, long length) throws IOException {
        try (InputStream in = archive.open(name, offset, length)) {
            return in.readAllBytes();
        }
    }

    private List<StoredObject> list(String prefix) {
        List<StoredObject> objects = new ArrayList<>();
        archive.list(prefix, objects::add);
        return objects;
    }

    @Test
    void whatIsPutComesBack() throws IOException {
        byte[] content = bytes(100_000);
        archive.put(NAME, file(content));
        assertThat(read(NAME, 0, content.length)).isEqualTo(content);
    }

    @Test
    void rangesAreRead() throws IOException {
        byte[] content = bytes(5_000);
        archive.put(NAME, file(content));
        assertThat(read(NAME, 1_000, 500)).isEqualTo(Arrays.copyOfRange(content, 1_000, 1_500));
        assertThat(read(NAME, 4_999, 1)).isEqualTo(Arrays.copyOfRange(content, 4_999, 5_000));
        assertThat(read(NAME, 0, 0)).isEmpty();
        try (InputStream in = archive.open(NAME, 10, 20)) {
            assertThat(in.read()).isEqualTo(content[10] & 0xff);
            in.skipNBytes(9);
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 20, 30));
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void putAgainReplacesTheWhole() throws IOException {
        archive.put(NAME, file(bytes(5_000)));
        byte[] content = bytes(100);
        archive.put(NAME, file(content));
        assertThat(read(NAME, 0, 100)).isEqualTo(content);
        assertThat(list("")).extracting(StoredObject::bytes).containsExactly(100L);
    }

    @Test
    void largeObjectComesBack() throws IOException {
        byte[] content = bytes(20 << 20);
        archive.put(NAME, file(content));
        assertThat(read(NAME, content.length - 100, 100))
                .isEqualTo(Arrays.copyOfRange(content, content.length - 100, content.length));
        assertThat(list("")).extracting(StoredObject::bytes).containsExactly((long) content.length);
    }

    @Test
    void missingObjectIsSaidToBeMissing() {
        assertThatThrownBy(() -> archive.open(NAME, 0, 1).close())
                .isInstanceOf(NoSuchObjectException.class)
                .hasMessageContaining(NAME);
    }

    @Test
    void objectThatIsTooShortIsDamaged() throws IOException {
        archive.put(NAME, file(bytes(100)));
        assertThatThrownBy(() -> read(NAME, 50, 100)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> read(NAME, 500, 100)).isInstanceOf(StoreException.class);
    }

    @Test
    void missingFileIsAFailureAndLeavesNothing() {
        assertThatThrownBy(() -> archive.put(NAME, files.resolve("none"))).isInstanceOf(StoreException.class);
        assertThat(list("")).isEmpty();
    }

    @Test
    void deletedObjectIsGone() throws IOException {
        archive.put(NAME, file(bytes(100)));
        archive.put(NAME + "2", file(bytes(100)));
        archive.delete(NAME);
        archive.delete(NAME);
        assertThatThrownBy(() -> read(NAME, 0, 100)).isInstanceOf(NoSuchObjectException.class);
        assertThat(list("")).extracting(StoredObject::name).containsExactly(NAME + "2");
        archive.put(NAME, file(bytes(100)));
        assertThat(list("")).hasSize(2);
    }

    @Test
    void objectsAreListedByPrefix() throws IOException {
        archive.put("shop/2026/11/24/a/1", file(bytes(10)));
        archive.put("shop/2026/11/24/ab/1", file(bytes(20)));
        archive.put("shopping/2026/11/24/a/1", file(bytes(30)));
        assertThat(list("shop/2026/11/24/a/")).extracting(StoredObject::bytes).containsExactly(10L);
        assertThat(list("shop/")).extracting(StoredObject::bytes).containsExactlyInAnyOrder(10L, 20L);
        assertThat(list("shop")).hasSize(3);
        assertThat(list(""))
                .allSatisfy(object -> assertThat(object.modifiedAt()).isBetween(now() - 60_000, now() + 60_000));
        assertThat(list("none/")).isEmpty();
    }

    @Test
    void objectsThatAreDeletedWhileTheyAreListedArePassedOver() throws IOException {
        for (int session = 0; session < 30; session++) {
            archive.put("shop/2026/11/24/s" + session + "/1", file(bytes(10)));
        }
        List<String> listed = new ArrayList<>();
        archive.list("", object -> {
            listed.add(object.name());
            for (int session = 0; session < 30; session++) {
                archive.delete("shop/2026/11/24/s" + session + "/1");
            }
        });
        assertThat(listed).isNotEmpty().doesNotHaveDuplicates();
        assertThat(list("")).isEmpty();
    }

    @Test
    void namesThatLeadElsewhereAreTheCallersMistake() throws IOException {
        Path file = file(bytes(1));
        for (String bad : List.of("", "/a", "a//b", "a/../b", "..", "a/./b", "a/", "ä", "a b", "a\u0000")) {
            assertThatThrownBy(() -> archive.put(bad, file)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void manyThreadsPutAndDeleteBesideEachOther() throws Exception {
        var pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> calls = IntStream.range(0, 60)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        String name = "shop/2026/11/24/s" + i % 5 + "/" + i;
                        archive.put(name, file(bytes(100 + i)));
                        boolean same = Arrays.equals(read(name, 0, 100 + i), bytes(100 + i));
                        archive.delete(name);
                        return same;
                    })
                    .toList();
            for (Future<Boolean> same : pool.invokeAll(calls)) {
                assertThat(same.get()).isTrue();
            }
            assertThat(list("")).isEmpty();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void healthyArchiveSaysSo() {
        assertThat(archive.health().up()).isTrue();
    }
}

package io.mimic.archive;

import static io.mimic.archive.TestChunk.OTHER_PAGE;
import static io.mimic.archive.TestChunk.PAGE;
import static io.mimic.archive.TestPipeline.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mimic.catalog.PageRow;
import io.mimic.catalog.SessionRow;
import io.mimic.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiverTest {
    @TempDir
    Path temporary;

    private TestPipeline pipeline;
    private Archiver archiver;

    @BeforeEach
    void open() {
        pipeline = new TestPipeline(temporary);
        archiver = pipeline.archiver();
    }

    @AfterEach
    void close() throws IOException {
        archiver.close();
        pipeline.close();
        try (var files = Files.list(pipeline.folder.path())) {
            assertThat(files).as("temporary files").isEmpty();
        } catch (java.nio.file.NoSuchFileException e) {
            assertThat(e).isNotNull();
        }
    }

    @Test
    void idleSessionBecomesASegmentAndLeavesTheBuffer() throws IOException {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        pipeline.append(chunk(PAGE, 1), session);
        assertThat(archiver.archiveWaiting()).isZero();

        pipeline.passTimeout();
        assertThat(archiver.archiveWaiting()).isEqualTo(1);

        assertThat(pipeline.batches(session)).containsExactly("0:0", "0:1");
        assertThat(pipeline.buffered(session)).isEmpty();
        SessionRow row = pipeline.stores.catalog().session(PROJECT, session).orElseThrow();
        assertThat(row.active()).isFalse();
        assertThat(row.endedAt()).isEqualTo(1_010);
        assertThat(row.events()).isEqualTo(4);
        assertThat(pipeline.objects.objects.keySet())
                .singleElement()
                .asString()
                .matches("shop/2026/11/24/" + session + "/1-[0-9a-f]+\\.xz");
    }

    @Test
    void longSessionIsArchivedInPartAndGoesOn() throws IOException {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        for (int seq = 1; seq <= 92; seq++) {
            pipeline.clock.advance(Duration.ofSeconds(10));
            pipeline.append(chunk(PAGE, seq), session);
        }
        assertThat(archiver.archiveWaiting()).isEqualTo(1);
        assertThat(pipeline.stores
                        .catalog()
                        .session(PROJECT, session)
                        .orElseThrow()
                        .active())
                .isTrue();
        assertThat(pipeline.append(chunk(PAGE, 93), session).snapshot()).isTrue();

        pipeline.passTimeout();
        archiver.archiveWaiting();

        assertThat(pipeline.segments(session)).hasSize(2);
        assertThat(pipeline.batches(session)).hasSize(94).doesNotHaveDuplicates();
    }

    @Test
    void endWithoutFurtherBatchesIsToldToTheCatalog() {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        for (int seq = 1; seq <= 92; seq++) {
            pipeline.clock.advance(Duration.ofSeconds(10));
            pipeline.append(chunk(PAGE, seq), session);
        }
        archiver.archiveWaiting();

        pipeline.passTimeout();
        archiver.archiveWaiting();

        assertThat(pipeline.stores
                        .catalog()
                        .session(PROJECT, session)
                        .orElseThrow()
                        .active())
                .isFalse();
        assertThat(pipeline.segments(session)).hasSize(1);
        assertThat(pipeline.objects.objects).hasSize(1);
    }

    @Test
    void visitorWhoReturnsContinuesInAFurtherSegment() throws IOException {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        pipeline.passTimeout();
        archiver.archiveWaiting();

        assertThat(pipeline.append(chunk(OTHER_PAGE, 0), session).session()).isEqualTo(session);
        assertThat(pipeline.stores
                        .catalog()
                        .session(PROJECT, session)
                        .orElseThrow()
                        .active())
                .isTrue();
        pipeline.passTimeout();
        archiver.archiveWaiting();

        assertThat(pipeline.segments(session)).hasSize(2);
        assertThat(pipeline.batches(session)).containsExactly("0:0", "f:0");
    }

    @Test
    void batchThatArrivesWhileItsSessionIsArchivedIsKept() throws IOException {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        pipeline.passTimeout();
        pipeline.archive.before("put", () -> pipeline.append(chunk(PAGE, 1), session));
        archiver.archiveWaiting();

        assertThat(pipeline.stores
                        .catalog()
                        .session(PROJECT, session)
                        .orElseThrow()
                        .active())
                .isTrue();
        assertThat(pipeline.buffered(session)).containsExactly(1);
        pipeline.passTimeout();
        archiver.archiveWaiting();
        assertThat(pipeline.batches(session)).containsExactly("0:0", "0:1");
    }

    @Test
    void claimIsKeptHoweverSlowlyTheArchiveTakesTheObject() throws IOException {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        pipeline.passTimeout();
        pipeline.archive.before("put", () -> {
            for (int third = 0; third < 6; third++) {
                awaitRenewal();
                pipeline.clock.advance(TestPipeline.LEASE.dividedBy(2));
            }
            awaitRenewal();
            assertThat(pipeline.archiver().archiveWaiting()).isZero();
        });
        Duration beats = Duration.ofMillis(30);
        try (Archiver slow = new Archiver(
                pipeline.stores(),
                new ArchiveSettings(SegmentCodec.XZ, pipeline.folder, beats),
                pipeline.counters,
                pipeline.clock)) {
            assertThat(slow.archiveWaiting()).isEqualTo(1);
        }

        assertThat(pipeline.batches(session)).containsExactly("0:0");
        assertThat(pipeline.segments(session))
                .singleElement()
                .satisfies(segment -> assertThat(segment.number()).isEqualTo(1));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("mimic-archiver-lease");
    }

    private void awaitRenewal() {
        CountDownLatch renewed = new CountDownLatch(1);
        pipeline.buffer.after("renew", renewed::countDown);
        try {
            assertThat(renewed.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void numbersThatNoSegmentHasAreCountedAsLostOnce() {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        pipeline.append(chunk(PAGE, 3), session);
        pipeline.append(chunk(OTHER_PAGE, 2), session);
        pipeline.passTimeout();
        archiver.archiveWaiting();
        assertThat(pipeline.counters.lostBatches()).isEqualTo(4);

        pipeline.append(chunk(PAGE, 6), session);
        pipeline.passTimeout();
        archiver.archiveWaiting();
        assertThat(pipeline.counters.lostBatches()).isEqualTo(6);
    }

    @Test
    void pageThatGoesOnInAnotherSessionHasLostNothing() {
        UUID first = pipeline.begin(chunk(PAGE, 0));
        pipeline.append(chunk(PAGE, 1), first);
        pipeline.passTimeout();
        archiver.archiveWaiting();
        pipeline.clock.advance(Duration.ofMinutes(45));
        assertThat(pipeline.append(chunk(PAGE, 2), first).session()).isNotEqualTo(first);
        pipeline.passTimeout();
        archiver.archiveWaiting();
        assertThat(pipeline.counters.lostBatches()).isZero();
    }

    @Test
    void numberThatSomebodyForgedMakesNoMountain() {
        pipeline.begin(chunk(PAGE, 2_000_000_000));
        pipeline.passTimeout();
        archiver.archiveWaiting();
        assertThat(pipeline.counters.lostBatches()).isEqualTo(10_000);
    }

    @Test
    void nodeThatWakesAfterItsLeaseCommitsNothing() throws IOException {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        pipeline.passTimeout();
        pipeline.archive.before("put", () -> {
            pipeline.clock.advance(TestPipeline.LEASE.plusSeconds(1));
            assertThat(pipeline.archiver().archiveWaiting()).isEqualTo(1);
        });
        archiver.archiveWaiting();

        assertThat(pipeline.batches(session)).containsExactly("0:0");
        assertThat(pipeline.objects.objects).hasSize(1);
        assertThat(pipeline.objects.objects)
                .containsKey(pipeline.segments(session).get(0).object());
    }

    @Test
    void nodeThatFreezesBetweenRenewalAndCommitCommitsNothing() throws IOException {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        pipeline.passTimeout();
        pipeline.catalog.before("commit", () -> {
            pipeline.clock.advance(TestPipeline.LEASE.plusSeconds(1));
            assertThat(pipeline.archiver().archiveWaiting()).isEqualTo(1);
        });
        archiver.archiveWaiting();

        assertThat(pipeline.batches(session)).containsExactly("0:0");
        assertThat(pipeline.objects.objects).hasSize(1);
    }

    @Test
    void nodeThatFreezesBeforeReadingWhatIsCommittedDoublesNothing() throws IOException {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        pipeline.passTimeout();
        pipeline.catalog.after("nextEpoch", () -> {
            pipeline.clock.advance(TestPipeline.LEASE.plusSeconds(1));
            assertThat(pipeline.archiver().archiveWaiting()).isEqualTo(1);
            pipeline.append(chunk(PAGE, 1), session);
        });
        archiver.archiveWaiting();
        pipeline.passTimeout();
        archiver.archiveWaiting();

        assertThat(pipeline.batches(session)).containsExactlyInAnyOrder("0:0", "0:1");
        assertThat(pipeline.buffered(session)).isEmpty();
        assertThat(pipeline.objects.objects).hasSize(pipeline.segments(session).size());
    }

    @Test
    void commitWhoseAnswerWasLostCountsOnce() throws IOException {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        pipeline.passTimeout();
        pipeline.catalog.after("commit", () -> {
            throw new StoreException("the answer was lost", null);
        });
        assertThatExceptionOfType(StoreException.class).isThrownBy(archiver::archiveWaiting);
        assertThat(pipeline.buffered(session)).containsExactly(0);

        pipeline.clock.advance(Duration.ofMinutes(2));
        archiver.archiveWaiting();

        assertThat(pipeline.batches(session)).containsExactly("0:0");
        assertThat(pipeline.buffered(session)).isEmpty();
        assertThat(pipeline.objects.objects).hasSize(1);
    }

    @Test
    void deathBetweenCommitAndDeletionDoublesNothing() throws IOException {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        pipeline.passTimeout();
        pipeline.buffer.before("complete", () -> {
            throw new StoreException("the node is gone", null);
        });
        assertThatExceptionOfType(StoreException.class).isThrownBy(archiver::archiveWaiting);

        pipeline.clock.advance(Duration.ofMinutes(2));
        archiver.archiveWaiting();

        assertThat(pipeline.batches(session)).containsExactly("0:0");
        assertThat(pipeline.buffered(session)).isEmpty();
    }

    @Test
    void archiveThatIsDownForHoursLosesNothing() throws IOException {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        pipeline.passTimeout();
        for (int hour = 0; hour < 5; hour++) {
            pipeline.archive.before("put", () -> {
                throw new StoreException("the archive is away", null);
            });
            assertThatExceptionOfType(StoreException.class).isThrownBy(archiver::archiveWaiting);
            pipeline.clock.advance(Duration.ofHours(1));
        }
        archiver.archiveWaiting();

        assertThat(pipeline.batches(session)).containsExactly("0:0");
    }

    @Test
    void objectThatBecameOldBeforeItsCommitIsPutAgain() throws IOException {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        pipeline.passTimeout();
        String[] first = new String[1];
        pipeline.archive.after(
                "put",
                () -> first[0] = pipeline.objects.objects.keySet().iterator().next());
        pipeline.buffer.before("renew", () -> pipeline.clock.advance(Duration.ofMinutes(31)));
        archiver.archiveWaiting();

        assertThat(pipeline.batches(session)).containsExactly("0:0");
        assertThat(pipeline.objects.objects)
                .hasSize(1)
                .doesNotContainKey(first[0])
                .containsKey(pipeline.segments(session).get(0).object());
    }

    @Test
    void sessionErasedWhileItIsArchivedStaysAway() {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        pipeline.passTimeout();
        pipeline.archive.after("put", () -> pipeline.stores.catalog().erase(PROJECT, session));
        archiver.archiveWaiting();
        assertThat(pipeline.objects.objects).isEmpty();

        pipeline.clock.advance(Duration.ofMinutes(2));
        archiver.archiveWaiting();

        assertThat(pipeline.stores.catalog().session(PROJECT, session)).isEmpty();
        assertThat(pipeline.buffered(session)).isEmpty();
        assertThat(archiver.archiveWaiting()).isZero();
    }

    @Test
    void pageKeepsTheSkewOfItsFirstBatchInLaterSegments() {
        long hour = Duration.ofHours(1).toMillis();
        UUID session = pipeline.begin(
                TestChunk.of(PAGE, 0).skew(hour).snapshot(hour + 1_000, "a").build());
        pipeline.passTimeout();
        archiver.archiveWaiting();
        pipeline.append(
                TestChunk.of(PAGE, 1)
                        .skew(hour + 50_000)
                        .mutation(hour + 2_000, "b")
                        .build(),
                session);
        pipeline.passTimeout();
        archiver.archiveWaiting();

        assertThat(pipeline.segments(session))
                .flatExtracting(segment -> segment.pages())
                .extracting(PageRow::skewMs)
                .containsExactly(hour, hour);
        assertThat(pipeline.segments(session).get(1).firstAt()).isEqualTo(2_000);
    }

    @Test
    void closingGivesBackWhatHangsInAStore() throws Exception {
        UUID session = pipeline.begin(chunk(PAGE, 0));
        pipeline.passTimeout();
        CountDownLatch hanging = new CountDownLatch(1);
        pipeline.archive.before("put", () -> {
            hanging.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new StoreException("interrupted", e);
            }
        });
        Archiver closed = new Archiver(
                pipeline.stores(),
                new ArchiveSettings(SegmentCodec.XZ, pipeline.folder, TestPipeline.LEASE),
                (project, archived, segment) -> {},
                pipeline.counters,
                pipeline.clock,
                Duration.ofMillis(100));
        closed.start();
        hanging.await();
        closed.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("mimic-archiver");

        pipeline.clock.advance(TestPipeline.LEASE.plusSeconds(1));
        assertThat(archiver.archiveWaiting()).isEqualTo(1);
        assertThat(pipeline.batches(session)).containsExactly("0:0");
    }

    @Test
    void sessionThatCannotBeReadDoesNotHoldUpTheOthers() throws IOException {
        UUID bad = pipeline.begin(chunk(PAGE, 0));
        pipeline.clock.advance(Duration.ofSeconds(1));
        UUID good = pipeline.begin(chunk(OTHER_PAGE, 0));
        pipeline.passTimeout();
        pipeline.buffer.before("read", () -> {
            throw StoreException.damaged("a chunk that nobody understands", null);
        });

        assertThat(archiver.archiveWaiting()).isEqualTo(2);
        assertThat(pipeline.batches(good)).containsExactly("f:0");
        assertThat(pipeline.buffered(bad)).containsExactly(0);

        pipeline.clock.advance(Duration.ofMinutes(6));
        archiver.archiveWaiting();
        assertThat(pipeline.batches(bad)).containsExactly("0:0");
    }

    private static io.mimic.buffer.Chunk chunk(String page, int seq) {
        return TestChunk.of(page, seq)
                .snapshot(1_000 + seq, "page " + page)
                .mutation(1_009 + seq, "seq " + seq)
                .build();
    }
}

package io.mimic.archive;

import static io.mimic.archive.TestChunk.OTHER_PAGE;
import static io.mimic.archive.TestChunk.PAGE;
import static io.mimic.archive.TestPipeline.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mimic.buffer.Append;
import io.mimic.buffer.Chunk;
import io.mimic.catalog.ProjectRow;
import io.mimic.catalog.RemovalRow;
import io.mimic.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeeperTest {
    private static final RetentionSettings FOR_EVER = new RetentionSettings(Duration.ZERO, 0);

    @TempDir
    Path temporary;

    private TestPipeline pipeline;

    @BeforeEach
    void open() {
        pipeline = new TestPipeline(temporary);
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void sessionsAreRemovedAfterTheirTime() {
        UUID old = archived(1);
        pipeline.clock.advance(Duration.ofDays(20));
        UUID young = archived(2);
        pipeline.clock.advance(Duration.ofDays(11));

        settled(keeper(new RetentionSettings(Duration.ofDays(30), 0)));

        assertThat(pipeline.stores.catalog().session(PROJECT, old)).isEmpty();
        assertThat(pipeline.stores.catalog().session(PROJECT, young)).isPresent();
        assertThat(pipeline.objects.objects.keySet()).singleElement().asString().contains(young.toString());
    }

    @Test
    void sessionsOfAnEndedProjectAreErasedAndThenItsNameForgotten() {
        var catalog = pipeline.stores.catalog();
        catalog.insertProject(new ProjectRow(PROJECT, "Shop", "hash", pipeline.clock.millis()));
        UUID archived = archived(1);
        UUID active =
                pipeline.begin(TestChunk.of(OTHER_PAGE, 0).mutation(1, "b").build());
        catalog.access().beginRemoval(new RemovalRow(PROJECT, "Shop", pipeline.clock.millis()));
        Housekeeper keeper = keeper(FOR_EVER);

        settled(keeper);

        assertThat(catalog.session(PROJECT, archived)).isEmpty();
        assertThat(catalog.session(PROJECT, active)).isEmpty();
        assertThat(pipeline.buffered(active)).isEmpty();
        assertThat(pipeline.objects.objects).isEmpty();
        assertThat(catalog.access().removals()).hasSize(1);
        pipeline.clock.advance(Duration.ofHours(1));
        settled(keeper);
        assertThat(catalog.access().removals()).isEmpty();
    }

    @Test
    void activeSessionIsNotRemovedHoweverOld() {
        UUID session = pipeline.begin(chunk(1));
        pipeline.clock.advance(Duration.ofSeconds(10));
        pipeline.append(chunk(2), session);

        settled(keeper(new RetentionSettings(Duration.ofSeconds(5), 0)));

        assertThat(pipeline.buffered(session)).hasSize(2);
    }

    @Test
    void manyOldSessionsGoInSmallSteps() {
        for (int i = 0; i < 45; i++) {
            archived(i);
        }
        pipeline.clock.advance(Duration.ofDays(31));
        Housekeeper keeper = keeper(new RetentionSettings(Duration.ofDays(30), 0));

        assertThat(keeper.round()).isTrue();
        assertThat(pipeline.objects.objects).hasSize(25);
        settled(keeper);
        assertThat(pipeline.objects.objects).isEmpty();
    }

    @Test
    void oldestSessionsGoWhenTheArchiveIsTooLarge() {
        List<UUID> sessions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sessions.add(archived(i));
            pipeline.clock.advance(Duration.ofMinutes(1));
        }
        long one = pipeline.objects.objects.values().iterator().next().length;

        settled(keeper(new RetentionSettings(Duration.ZERO, 3 * one + one / 2)));

        assertThat(sessions.stream()
                        .filter(id ->
                                pipeline.stores.catalog().session(PROJECT, id).isPresent())
                        .toList())
                .isEqualTo(sessions.subList(2, 5));
    }

    @Test
    void objectWithoutARowIsSweptAfterAnHour() throws IOException {
        UUID session = archived(1);
        orphan("shop/2026/11/24/" + session + "/9-abc.xz");
        settled(keeper(FOR_EVER));
        assertThat(pipeline.objects.objects).hasSize(2);

        pipeline.clock.advance(Duration.ofMinutes(61));
        settled(keeper(FOR_EVER));

        assertThat(pipeline.objects.objects.keySet())
                .containsExactly(pipeline.segments(session).get(0).object());
    }

    @Test
    void archiveOfALostCatalogIsLeftAlone() throws IOException {
        for (int i = 0; i < 30; i++) {
            orphan("shop/2026/11/24/session-" + i + "/1-abc.xz");
        }
        archived(1);
        pipeline.clock.advance(Duration.ofHours(2));
        settled(keeper(FOR_EVER));

        assertThat(pipeline.objects.objects).hasSize(31);
    }

    @Test
    void oneNodeKeepsHouseUntilItIsGone() {
        UUID old = archived(1);
        Housekeeper first = keeper(FOR_EVER);
        settled(first);
        pipeline.clock.advance(Duration.ofMinutes(5));
        Housekeeper second = keeper(new RetentionSettings(Duration.ofSeconds(1), 0));
        settled(second);
        assertThat(pipeline.stores.catalog().session(PROJECT, old)).isPresent();

        pipeline.clock.advance(Duration.ofMinutes(14));
        settled(second);
        assertThat(pipeline.stores.catalog().session(PROJECT, old)).isEmpty();
    }

    @Test
    void sessionWhoseBatchesTheBufferLostIsEnded() {
        UUID session = pipeline.begin(chunk(1));
        pipeline.stores.buffer().erase(PROJECT, session);
        pipeline.clock.advance(Duration.ofMinutes(61));

        settled(keeper(FOR_EVER));

        assertThat(pipeline.stores
                        .catalog()
                        .session(PROJECT, session)
                        .orElseThrow()
                        .active())
                .isFalse();
    }

    @Test
    void sessionThatWaitsForALongOutageToEndIsNotEnded() {
        UUID session = pipeline.begin(chunk(1));
        pipeline.clock.advance(Duration.ofHours(3));

        settled(keeper(FOR_EVER));

        assertThat(pipeline.stores
                        .catalog()
                        .session(PROJECT, session)
                        .orElseThrow()
                        .active())
                .isTrue();
    }

    @Test
    void erasureReachesAllThreeStoresAlsoWhileTheSessionIsActive() throws IOException {
        UUID session = pipeline.begin(chunk(1));
        for (int seq = 2; seq < 95; seq++) {
            pipeline.clock.advance(Duration.ofSeconds(10));
            pipeline.append(chunk(seq), session);
        }
        try (Archiver archiver = pipeline.archiver()) {
            archiver.archiveWaiting();
        }
        pipeline.append(chunk(95), session);
        orphan(ObjectNames.prefix(PROJECT, session) + "7-left.xz");

        assertThat(eraser().erase(PROJECT, session)).isEqualTo(2);

        assertThat(pipeline.objects.objects).isEmpty();
        assertThat(pipeline.buffered(session)).isEmpty();
        assertThat(pipeline.stores.catalog().session(PROJECT, session)).isEmpty();
        assertThat(pipeline.append(chunk(96), session).session()).isNotEqualTo(session);
    }

    @Test
    void erasureThatBrokeOffIsFinishedByTheNext() {
        UUID session = archived(1);
        pipeline.archive.before("delete", () -> {
            throw new StoreException("away", null);
        });
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> eraser().erase(PROJECT, session));
        assertThat(pipeline.objects.objects).hasSize(1);

        assertThat(eraser().erase(PROJECT, session)).isEqualTo(1);
        assertThat(pipeline.objects.objects).isEmpty();
    }

    @Test
    void erasureByUserFindsArchivedAndActiveSessions() {
        UUID archived = archived(TestChunk.of(PAGE, 0).mutation(1, "a").user("ann"));
        UUID other = archived(TestChunk.of(OTHER_PAGE, 0).mutation(1, "b").user("bob"));
        UUID active = pipeline.begin(
                TestChunk.of("a".repeat(32), 0).mutation(1, "c").user("ann").build());

        ErasureReport report = eraser().eraseUser(PROJECT, "ann");

        assertThat(report.erased()).containsExactlyInAnyOrder(archived, active);
        assertThat(report.objects()).isEqualTo(1);
        assertThat(report.complete()).isTrue();
        assertThat(pipeline.stores.catalog().session(PROJECT, other)).isPresent();
        assertThat(eraser().eraseUser(PROJECT, "ann").erased()).isEmpty();
    }

    @Test
    void erasureByUserFindsSessionsInWhichSomebodyElseWasIdentifiedLater() {
        UUID archivedInOneBatch =
                archived(TestChunk.of(PAGE, 0).mutation(1, "a").user("ann").user("bob"));
        UUID acrossSegments =
                archived(TestChunk.of(OTHER_PAGE, 0).mutation(1, "b").user("ann"));
        pipeline.append(TestChunk.of(OTHER_PAGE, 1).mutation(2, "b").user("bob").build(), acrossSegments);
        pipeline.passTimeout();
        try (Archiver archiver = pipeline.archiver()) {
            archiver.archiveWaiting();
        }
        assertThat(pipeline.objects.objects).hasSize(3);
        UUID activeInOneBatch = pipeline.begin(TestChunk.of("a".repeat(32), 0)
                .mutation(1, "c")
                .user("ann")
                .user("bob")
                .build());
        UUID activeInTwo = pipeline.begin(
                TestChunk.of("b".repeat(32), 0).mutation(1, "d").user("ann").build());
        pipeline.append(TestChunk.of("b".repeat(32), 1).user("bob").build(), activeInTwo);

        ErasureReport report = eraser().eraseUser(PROJECT, " ann\n");

        assertThat(report.erased())
                .containsExactlyInAnyOrder(archivedInOneBatch, acrossSegments, activeInOneBatch, activeInTwo);
        assertThat(report.complete()).isTrue();
        assertThat(pipeline.objects.objects).isEmpty();
        assertThat(eraser().eraseUser(PROJECT, "bob").erased()).isEmpty();
    }

    @Test
    void erasureThatFailsForOneSessionReportsItAndCanBeRunAgain() {
        UUID first = archived(TestChunk.of(PAGE, 0).mutation(1, "a").user("ann"));
        UUID second = archived(TestChunk.of(OTHER_PAGE, 0).mutation(1, "b").user("ann"));
        pipeline.archive.before("list", () -> {
            throw new StoreException("away", null);
        });

        ErasureReport report = eraser().eraseUser(PROJECT, "ann");

        assertThat(report.erased()).hasSize(1);
        assertThat(report.failed()).hasSize(1);
        assertThat(report.reason()).contains("away");
        assertThat(Set.of(first, second)).contains(report.failed().get(0));

        ErasureReport again = eraser().eraseUser(PROJECT, "ann");

        assertThat(again.erased()).isEqualTo(report.failed());
        assertThat(again.objects()).isEqualTo(1);
        assertThat(again.complete()).isTrue();
        assertThat(pipeline.objects.objects).isEmpty();
    }

    @Test
    void erasureDoesNotStopAtABatchThatCannotBeRead() {
        UUID archived = archived(TestChunk.of(PAGE, 0).mutation(1, "a").user("ann"));
        UUID unreadable = onlyBuffered(
                TestChunk.of(OTHER_PAGE, 0).mutation(1, "b").user("ann").build(), null);
        pipeline.buffer.before("read", () -> {
            throw StoreException.damaged("a batch that nobody understands", null);
        });

        ErasureReport report = eraser().eraseUser(PROJECT, "ann");

        assertThat(report.erased()).containsExactly(archived);
        assertThat(report.failed()).containsExactly(unreadable);
        assertThat(report.reason()).contains("nobody understands");
    }

    @Test
    void erasureFindsSessionsThatOnlyTheBufferKnows() {
        Chunk ofAnn = TestChunk.of(PAGE, 0).mutation(1, "a").user("ann").build();
        UUID byUser = onlyBuffered(ofAnn, null);
        Chunk ofAddress = TestChunk.of(OTHER_PAGE, 0).mutation(1, "b").build();
        UUID byIp = onlyBuffered(ofAddress, "192.0.2.7");
        UUID other = onlyBuffered(
                TestChunk.of("a".repeat(32), 0).mutation(1, "c").user("bob").build(), "192.0.2.77");
        assertThat(pipeline.stores.catalog().session(PROJECT, byUser)).isEmpty();

        assertThat(eraser().eraseUser(PROJECT, "ann"))
                .isEqualTo(new ErasureReport(List.of(byUser), 0, 1, ofAnn.rawBytes(), List.of(), null));
        assertThat(eraser().eraseIp(PROJECT, Set.of("192.0.2.7", "none")))
                .isEqualTo(new ErasureReport(List.of(byIp), 0, 1, ofAddress.rawBytes(), List.of(), null));

        assertThat(pipeline.buffered(byUser)).isEmpty();
        assertThat(pipeline.buffered(byIp)).isEmpty();
        assertThat(pipeline.buffered(other)).containsExactly(0);
        assertThat(eraser().eraseUser(PROJECT, "ann").erased()).isEmpty();
        assertThat(eraser().eraseIp(PROJECT, Set.of("192.0.2.7")).erased()).isEmpty();
    }

    @Test
    void erasureOfABufferedSessionThatFailsFindsItAgain() {
        Chunk chunk = TestChunk.of(PAGE, 0).mutation(1, "a").user("ann").build();
        UUID session = onlyBuffered(chunk, null);
        pipeline.buffer.before("erase", () -> {
            throw new StoreException("away", null);
        });

        assertThat(eraser().eraseUser(PROJECT, "ann").failed()).containsExactly(session);
        ErasureReport again = eraser().eraseUser(PROJECT, "ann");

        assertThat(again).isEqualTo(new ErasureReport(List.of(session), 0, 1, chunk.rawBytes(), List.of(), null));
        assertThat(pipeline.buffered(session)).isEmpty();
    }

    /** As when the catalog is away: it was told nothing. */
    private UUID onlyBuffered(Chunk chunk, String ip) {
        UUID fresh = new UUID(
                pipeline.clock.millis() << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits());
        return pipeline.stores
                .buffer()
                .append(new Append(PROJECT, chunk, null, fresh, ip))
                .session();
    }

    private SessionEraser eraser() {
        return new SessionEraser(pipeline.stores());
    }

    private Housekeeper keeper(RetentionSettings retention) {
        return new Housekeeper(pipeline.stores(), retention, () -> {}, pipeline.clock);
    }

    private static void settled(Housekeeper keeper) {
        int rounds = 0;
        while (keeper.round()) {
            assertThat(rounds++).isLessThan(100);
        }
    }

    private UUID archived(int number) {
        return archived(
                TestChunk.of(String.format("%032x", number), 0).mutation(pipeline.clock.millis(), "n" + number));
    }

    private UUID archived(TestChunk chunk) {
        UUID session = pipeline.begin(chunk.build());
        pipeline.passTimeout();
        try (Archiver archiver = pipeline.archiver()) {
            archiver.archiveWaiting();
        }
        return session;
    }

    private void orphan(String name) throws IOException {
        Path file = Files.write(temporary.resolve("orphan"), new byte[] {1});
        pipeline.objects.put(name, file);
    }

    private static Chunk chunk(int seq) {
        return TestChunk.of(PAGE, seq).mutation(seq, "x").build();
    }
}

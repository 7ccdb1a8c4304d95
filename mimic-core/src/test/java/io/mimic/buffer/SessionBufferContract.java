package io.mimic.buffer;

import static io.mimic.buffer.Chunks.chunk;
import static io.mimic.buffer.Chunks.freshId;
import static io.mimic.buffer.Chunks.page;
import static io.mimic.buffer.Chunks.sized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link SessionBuffer} does. A subclass says how one is opened and how its clock is moved. */
public abstract class SessionBufferContract {
    protected static final SessionBounds BOUNDS = new SessionBounds(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            64 << 10,
            Duration.ofMinutes(15),
            Duration.ofMinutes(2));
    private static final String PROJECT = "shop";
    private static final String CLIENT = "{\"browser\":\"Chrome\"}";

    private SessionBuffer buffer;

    /** A buffer that holds nothing. */
    protected abstract SessionBuffer open(SessionBounds bounds) throws Exception;

    /** Moves the clock by which the buffer decides. */
    protected abstract void advance(Duration time);

    /** A second node's view of what {@link #open} opened last. */
    protected abstract SessionBuffer anotherNode(SessionBounds bounds) throws Exception;

    @BeforeEach
    void openBuffer() throws Exception {
        buffer = open(BOUNDS);
    }

    @AfterEach
    void closeBuffer() {
        buffer.close();
    }

    private Appended append(Chunk chunk) {
        return append(chunk, null);
    }

    private Appended append(Chunk chunk, @Nullable UUID token) {
        return append(buffer, PROJECT, chunk, token);
    }

    private static Appended append(SessionBuffer to, String project, Chunk chunk, @Nullable UUID token) {
        return to.append(new Append(project, chunk, token, freshId(), chunk.seq() == 0 ? CLIENT : null));
    }

    private List<Chunk> read(UUID session) {
        List<Chunk> chunks = new ArrayList<>();
        buffer.read(PROJECT, session, chunks::add);
        return chunks;
    }

    private List<ChunkKey> keys(UUID session) {
        return read(session).stream().map(Chunk::key).toList();
    }

    private Claim claimOne() {
        List<Claim> claims = buffer.claim(10);
        assertThat(claims).hasSize(1);
        return claims.get(0);
    }

    private void archive(UUID session) {
        Claim claim = claimOne();
        assertThat(claim.session()).isEqualTo(session);
        buffer.complete(claim, keys(session));
    }

    @Nested
    @DisplayName("append")
    class Appending {
        @Test
        void firstBatchBeginsASession() {
            String page = page();
            Appended first = append(chunk(page, 0));
            assertThat(first.created()).isTrue();
            assertThat(first.duplicate()).isFalse();
            assertThat(first.resumed()).isFalse();
            assertThat(first.snapshot()).isFalse();
            assertThat(first.client()).isEqualTo(CLIENT);
        }

        @Test
        void laterBatchJoinsItsPagesSessionWithoutAnyToken() {
            String page = page();
            Appended first = append(chunk(page, 0));
            Appended second = append(chunk(page, 1));
            assertThat(second.session()).isEqualTo(first.session());
            assertThat(second.created()).isFalse();
            assertThat(second.snapshot()).isFalse();
            assertThat(second.client()).isEqualTo(CLIENT);
        }

        @Test
        void secondTabJoinsByItsToken() {
            Appended first = append(chunk(page(), 0));
            Appended other = append(chunk(page(), 0), first.session());
            assertThat(other.session()).isEqualTo(first.session());
            assertThat(other.created()).isFalse();
            assertThat(other.snapshot()).isFalse();
        }

        @Test
        void pageGoesBeforeToken() {
            String page = page();
            Appended first = append(chunk(page, 0));
            Appended stranger = append(chunk(page(), 0));
            assertThat(append(chunk(page, 1), stranger.session()).session()).isEqualTo(first.session());
        }

        @Test
        void everythingOfABatchComesBack() {
            Chunk chunk = chunk(page(), 0, "{\"text\":\"\\u0000 \\ud800 ä€😀\"}");
            Appended appended = append(chunk);
            Chunk back = read(appended.session()).get(0);
            assertThat(back).usingRecursiveComparison().isEqualTo(chunk);
        }

        @Test
        void emptyBatchIsKept() {
            BatchSummary nothing = new BatchSummary(
                    0, 0, 0, 0, 0, 0, 0, 0, Set.of(), List.of(), List.of(), null, null, null, null, Set.of(), Set.of());
            Chunk chunk = new Chunk("window-1", page(), 0, 0, nothing, new byte[0], new byte[0]);
            Appended appended = append(chunk);
            assertThat(read(appended.session()))
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(chunk);
        }

        @Test
        void largeBatchIsKeptWhole() {
            Chunk chunk = sized(page(), 0, 12 << 20);
            Appended appended = append(chunk);
            assertThat(read(appended.session()).get(0).dom()).isEqualTo(chunk.dom());
        }

        @Test
        void repetitionStoresNothingAndAnswersAsTheFirstTime() {
            String page = page();
            Appended first = append(chunk(page, 0));
            Appended again = append(chunk(page, 0));
            assertThat(again.session()).isEqualTo(first.session());
            assertThat(again.created()).isTrue();
            assertThat(again.duplicate()).isTrue();
            assertThat(again.client()).isEqualTo(CLIENT);
            assertThat(read(first.session())).hasSize(1);
        }

        @Test
        void repetitionWithAnotherTokenStaysWhereItWas() {
            String page = page();
            Appended first = append(chunk(page, 0));
            Appended stranger = append(chunk(page(), 0));
            Appended again = append(chunk(page, 0), stranger.session());
            assertThat(again.session()).isEqualTo(first.session());
            assertThat(again.duplicate()).isTrue();
        }

        @Test
        void repetitionAfterArchivingStoresNothing() {
            String page = page();
            Appended first = append(chunk(page, 0));
            advance(Duration.ofSeconds(15));
            archive(first.session());
            Appended again = append(chunk(page, 0));
            assertThat(again.duplicate()).isTrue();
            assertThat(again.session()).isEqualTo(first.session());
            assertThat(read(first.session())).isEmpty();
            assertThat(buffer.claim(10)).isEmpty();
        }

        @Test
        void whatWasSeenOutlivesSweepsForAnHour() {
            String page = page();
            Appended first = append(chunk(page, 0));
            advance(Duration.ofSeconds(15));
            archive(first.session());
            advance(Duration.ofMinutes(59));
            buffer.sweep();
            assertThat(append(chunk(page, 0)).duplicate()).isTrue();
        }

        @Test
        void numbersMayArriveInAnyOrder() {
            String page = page();
            UUID session = append(chunk(page, 2)).session();
            append(chunk(page, 0));
            append(chunk(page, 1));
            assertThat(keys(session))
                    .containsExactly(new ChunkKey(page, 0), new ChunkKey(page, 1), new ChunkKey(page, 2));
        }

        @Test
        void pagesAreReadInTheOrderInWhichTheyCame() {
            String first = page();
            String second = page();
            UUID session = append(chunk(first, 0)).session();
            append(chunk(second, 0), session);
            append(chunk(first, 1));
            append(chunk(second, 10));
            append(chunk(second, 9));
            assertThat(keys(session))
                    .containsExactly(
                            new ChunkKey(first, 0),
                            new ChunkKey(first, 1),
                            new ChunkKey(second, 0),
                            new ChunkKey(second, 9),
                            new ChunkKey(second, 10));
        }

        @Test
        void projectsAreApart() {
            String page = page();
            Appended one = append(buffer, "one", chunk(page, 0), null);
            Appended two = append(buffer, "two", chunk(page, 0), one.session());
            assertThat(two.duplicate()).isFalse();
            assertThat(two.session()).isNotEqualTo(one.session());
            buffer.read("two", one.session(), chunk -> assertThat(chunk).isNull());
        }

        @Test
        void sameFirstBatchFromManyThreadsBeginsOneSession() throws Exception {
            SessionBuffer other = anotherNode(BOUNDS);
            String page = page();
            var pool = Executors.newFixedThreadPool(8);
            try {
                List<Callable<Appended>> calls = IntStream.range(0, 24)
                        .<Callable<Appended>>mapToObj(
                                i -> () -> append(i % 2 == 0 ? buffer : other, PROJECT, chunk(page, 0), null))
                        .toList();
                List<Appended> answers = new ArrayList<>();
                for (Future<Appended> answer : pool.invokeAll(calls)) {
                    answers.add(answer.get());
                }
                assertThat(answers.stream().map(Appended::session).distinct()).hasSize(1);
                assertThat(answers.stream().filter(answer -> !answer.duplicate()))
                        .hasSize(1);
                assertThat(read(answers.get(0).session())).hasSize(1);
            } finally {
                pool.shutdownNow();
                other.close();
            }
        }
    }

    @Nested
    @DisplayName("bounds of a session")
    class Bounds {
        @Test
        void batchAfterTheEndResumesWithinTheTime() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            advance(Duration.ofMinutes(29));
            Appended back = append(chunk(page, 1));
            assertThat(back.session()).isEqualTo(session);
            assertThat(back.resumed()).isTrue();
            assertThat(append(chunk(page, 1)).resumed()).isTrue();
            assertThat(append(chunk(page, 2)).resumed()).isFalse();
        }

        @Test
        void newPageResumesByItsToken() {
            UUID session = append(chunk(page(), 0)).session();
            advance(Duration.ofSeconds(15));
            archive(session);
            Appended back = append(chunk(page(), 0), session);
            assertThat(back.session()).isEqualTo(session);
            assertThat(back.resumed()).isTrue();
            assertThat(back.created()).isFalse();
        }

        @Test
        void resumedAfterArchivingAsksForASnapshot() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            advance(Duration.ofSeconds(15));
            archive(session);
            assertThat(append(chunk(page, 1)).snapshot()).isTrue();
            assertThat(append(chunk(page, 1)).snapshot()).isTrue();
            assertThat(append(chunk(page, 2)).snapshot()).isFalse();
        }

        @Test
        void laterBatchBeginsANewSessionInsideThePage() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            advance(Duration.ofMinutes(31));
            Appended fresh = append(chunk(page, 1), session);
            assertThat(fresh.session()).isNotEqualTo(session);
            assertThat(fresh.created()).isTrue();
            assertThat(fresh.snapshot()).isTrue();
            assertThat(fresh.client()).isEqualTo(CLIENT);
            assertThat(append(chunk(page, 2)).session()).isEqualTo(fresh.session());
            assertThat(append(chunk(page, 0)).session()).isEqualTo(session);
        }

        @Test
        void withoutResumeAnEndedSessionIsNeverContinued() throws Exception {
            buffer.close();
            buffer = open(new SessionBounds(
                    BOUNDS.timeout(),
                    BOUNDS.grace(),
                    Duration.ZERO,
                    BOUNDS.maxDuration(),
                    BOUNDS.partialBytes(),
                    BOUNDS.partialAge(),
                    BOUNDS.lease()));
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            advance(Duration.ofSeconds(14));
            assertThat(append(chunk(page, 1)).session()).isEqualTo(session);
            advance(Duration.ofSeconds(16));
            assertThat(append(chunk(page, 2), session).session()).isNotEqualTo(session);
        }

        @Test
        void sessionThatGoesOnTooLongIsFollowedByANewOne() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            int seq = 1;
            for (int minute = 20; minute < 240; minute += 20) {
                advance(Duration.ofMinutes(20));
                assertThat(append(chunk(page, seq++)).session()).isEqualTo(session);
            }
            advance(Duration.ofMinutes(20));
            Appended fresh = append(chunk(page, seq), session);
            assertThat(fresh.session()).isNotEqualTo(session);
            assertThat(fresh.snapshot()).isTrue();
        }

        @Test
        void unknownTokenBeginsANewSession() {
            UUID stranger = freshId();
            Appended appended = append(chunk(page(), 0), stranger);
            assertThat(appended.session()).isNotEqualTo(stranger);
            assertThat(appended.created()).isTrue();
            assertThat(appended.snapshot()).isFalse();
        }

        @Test
        void pageThatTheBufferForgotIsAskedForASnapshot() {
            assertThat(append(chunk(page(), 7)).snapshot()).isTrue();
        }
    }

    @Nested
    @DisplayName("claims")
    class Claims {
        @Test
        void activeSessionIsNotClaimed() {
            append(chunk(page(), 0));
            advance(Duration.ofSeconds(14));
            assertThat(buffer.claim(10)).isEmpty();
        }

        @Test
        void idleSessionIsClaimedByOne() throws Exception {
            Appended appended = append(chunk(page(), 0));
            advance(Duration.ofSeconds(15));
            Claim claim = claimOne();
            assertThat(claim.session()).isEqualTo(appended.session());
            assertThat(claim.project()).isEqualTo(PROJECT);
            assertThat(claim.ended()).isTrue();
            assertThat(claim.client()).isEqualTo(CLIENT);
            assertThat(claim.seenAt()).isEqualTo(appended.seenAt());
            assertThat(claim.startedAt()).isEqualTo(appended.seenAt());
            assertThat(buffer.claim(10)).isEmpty();
            try (SessionBuffer other = anotherNode(BOUNDS)) {
                assertThat(other.claim(10)).isEmpty();
            }
        }

        @Test
        void longestWaitingComesFirst() {
            UUID first = append(chunk(page(), 0)).session();
            advance(Duration.ofSeconds(1));
            UUID second = append(chunk(page(), 0)).session();
            advance(Duration.ofSeconds(20));
            assertThat(buffer.claim(1)).extracting(Claim::session).containsExactly(first);
            assertThat(buffer.claim(1)).extracting(Claim::session).containsExactly(second);
        }

        @Test
        void claimOfADeadNodeIsClaimedAgain() {
            append(chunk(page(), 0));
            advance(Duration.ofSeconds(15));
            Claim lost = claimOne();
            advance(Duration.ofSeconds(119));
            assertThat(buffer.claim(10)).isEmpty();
            advance(Duration.ofSeconds(1));
            Claim newer = claimOne();
            assertThat(newer.lease()).isNotEqualTo(lost.lease());
            assertThat(buffer.renew(lost)).isFalse();
            assertThat(buffer.renew(newer)).isTrue();
        }

        @Test
        void renewedClaimHolds() {
            append(chunk(page(), 0));
            advance(Duration.ofSeconds(15));
            Claim claim = claimOne();
            advance(Duration.ofSeconds(100));
            assertThat(buffer.renew(claim)).isTrue();
            advance(Duration.ofSeconds(100));
            assertThat(buffer.claim(10)).isEmpty();
        }

        @Test
        void completedSessionIsEmptyAndNotClaimedAgain() {
            UUID session = append(chunk(page(), 0)).session();
            advance(Duration.ofSeconds(15));
            Claim claim = claimOne();
            assertThat(buffer.complete(claim, keys(session))).isTrue();
            assertThat(read(session)).isEmpty();
            advance(Duration.ofHours(1));
            assertThat(buffer.claim(10)).isEmpty();
            assertThat(buffer.usage()).isEqualTo(new BufferUsage(0, 0, 0, 0));
        }

        @Test
        void onlyCommittedBatchesAreDeleted() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            append(chunk(page, 1));
            advance(Duration.ofSeconds(15));
            Claim claim = claimOne();
            assertThat(buffer.complete(claim, List.of(new ChunkKey(page, 0)))).isFalse();
            assertThat(keys(session)).containsExactly(new ChunkKey(page, 1));
            assertThat(claimOne().session()).isEqualTo(session);
        }

        @Test
        void batchThatComesDuringAClaimStays() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            advance(Duration.ofSeconds(15));
            Claim claim = claimOne();
            List<ChunkKey> committed = keys(session);
            advance(Duration.ofSeconds(1));
            assertThat(append(chunk(page, 1)).session()).isEqualTo(session);
            assertThat(buffer.complete(claim, committed)).isFalse();
            assertThat(keys(session)).containsExactly(new ChunkKey(page, 1));
            assertThat(buffer.claim(10)).isEmpty();
            advance(Duration.ofSeconds(15));
            assertThat(claimOne().ended()).isTrue();
        }

        @Test
        void batchThatIsCommittedAtOnceDuringAClaimStillKeepsTheSessionOpen() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            advance(Duration.ofSeconds(15));
            Claim claim = claimOne();
            append(chunk(page, 1));
            assertThat(buffer.complete(claim, keys(session))).isFalse();
            advance(Duration.ofSeconds(15));
            assertThat(claimOne().ended()).isTrue();
        }

        @Test
        void lostClaimDeletesWhatIsCommittedButEndsNothing() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            advance(Duration.ofSeconds(15));
            Claim lost = claimOne();
            advance(Duration.ofMinutes(2));
            Claim newer = claimOne();
            assertThat(buffer.complete(lost, keys(session))).isFalse();
            assertThat(read(session)).isEmpty();
            assertThat(buffer.complete(newer, List.of())).isTrue();
        }

        @Test
        void completingTwiceDoesNoHarm() {
            UUID session = append(chunk(page(), 0)).session();
            advance(Duration.ofSeconds(15));
            Claim claim = claimOne();
            List<ChunkKey> keys = keys(session);
            assertThat(buffer.complete(claim, keys)).isTrue();
            buffer.complete(claim, keys);
            advance(Duration.ofMinutes(5));
            assertThat(buffer.claim(10)).isEmpty();
        }

        @Test
        void releasedClaimWaitsItsDelay() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            advance(Duration.ofSeconds(15));
            Claim claim = claimOne();
            buffer.release(claim, Duration.ofSeconds(30));
            assertThat(buffer.renew(claim)).isFalse();
            append(chunk(page, 1));
            advance(Duration.ofSeconds(29));
            assertThat(buffer.claim(10)).isEmpty();
            advance(Duration.ofSeconds(1));
            assertThat(claimOne().session()).isEqualTo(session);
        }

        @Test
        void releaseOfALostClaimChangesNothing() {
            append(chunk(page(), 0));
            advance(Duration.ofSeconds(15));
            Claim lost = claimOne();
            advance(Duration.ofMinutes(2));
            Claim newer = claimOne();
            buffer.release(lost, Duration.ZERO);
            assertThat(buffer.claim(10)).isEmpty();
            assertThat(buffer.renew(newer)).isTrue();
        }

        @Test
        void eachOfManyIsClaimedOnceByManyThreads() throws Exception {
            Set<UUID> sessions = IntStream.range(0, 40)
                    .mapToObj(i -> append(chunk(page(), 0)).session())
                    .collect(Collectors.toSet());
            advance(Duration.ofSeconds(15));
            SessionBuffer other = anotherNode(BOUNDS);
            var pool = Executors.newFixedThreadPool(4);
            try {
                List<Callable<List<Claim>>> calls = IntStream.range(0, 40)
                        .<Callable<List<Claim>>>mapToObj(i -> () -> (i % 2 == 0 ? buffer : other).claim(3))
                        .toList();
                List<UUID> claimed = new ArrayList<>();
                for (Future<List<Claim>> claims : pool.invokeAll(calls)) {
                    claims.get().forEach(claim -> claimed.add(claim.session()));
                }
                buffer.claim(40).forEach(claim -> claimed.add(claim.session()));
                assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(sessions);
            } finally {
                pool.shutdownNow();
                other.close();
            }
        }
    }

    @Nested
    @DisplayName("partial archiving")
    class Partial {
        @Test
        void manyBytesAreArchivedWhileTheSessionGoesOn() {
            String page = page();
            UUID session = append(sized(page, 0, 40_000)).session();
            assertThat(buffer.claim(10)).isEmpty();
            append(sized(page, 1, 40_000));
            Claim claim = claimOne();
            assertThat(claim.ended()).isFalse();
            assertThat(buffer.complete(claim, keys(session))).isFalse();
            assertThat(buffer.usage().bytes()).isZero();
            assertThat(buffer.usage().activeSessions()).isEqualTo(1);
            assertThat(buffer.claim(10)).isEmpty();
            advance(Duration.ofSeconds(15));
            Claim end = claimOne();
            assertThat(end.ended()).isTrue();
            assertThat(buffer.complete(end, List.of())).isTrue();
        }

        @Test
        void longTimeIsArchivedWhileTheSessionGoesOn() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            for (int i = 1; i <= 90; i++) {
                advance(Duration.ofSeconds(10));
                append(chunk(page, i));
            }
            Claim claim = claimOne();
            assertThat(claim.ended()).isFalse();
            assertThat(claim.session()).isEqualTo(session);
        }

        @Test
        void afterwardsEachPageIsAskedOnceForASnapshot() {
            String first = page();
            String second = page();
            UUID session = append(sized(first, 0, 70_000)).session();
            append(chunk(second, 0), session);
            Claim claim = claimOne();
            assertThat(append(chunk(first, 1)).snapshot()).isFalse();
            buffer.complete(claim, List.of(new ChunkKey(first, 0), new ChunkKey(second, 0)));
            assertThat(append(chunk(first, 2)).snapshot()).isTrue();
            assertThat(append(chunk(first, 3)).snapshot()).isFalse();
            assertThat(append(chunk(second, 1)).snapshot()).isTrue();
            assertThat(append(chunk(second, 2)).snapshot()).isFalse();
            assertThat(append(chunk(page(), 0), session).snapshot()).isFalse();
        }
    }

    @Nested
    @DisplayName("erasing and forgetting")
    class Forgetting {
        @Test
        void sessionThatIsArchivedAlreadyCanBeErased() {
            Chunk chunk = chunk(page(), 0);
            UUID session = append(chunk).session();
            advance(Duration.ofSeconds(16));
            archive(session);

            buffer.erase(PROJECT, session);
            buffer.erase(PROJECT, session);

            assertThat(append(chunk(chunk.page(), 1), session).session()).isNotEqualTo(session);
        }

        @Test
        void erasedSessionIsGoneAndItsNextBatchBeginsANewOne() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            buffer.erase(PROJECT, session);
            assertThat(read(session)).isEmpty();
            Appended next = append(chunk(page, 1), session);
            assertThat(next.session()).isNotEqualTo(session);
            assertThat(next.created()).isTrue();
            assertThat(next.snapshot()).isTrue();
        }

        @Test
        void repetitionOfAnErasedBatchStoresNothing() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            buffer.erase(PROJECT, session);
            assertThat(append(chunk(page, 0)).duplicate()).isTrue();
            assertThat(read(session)).isEmpty();
        }

        @Test
        void erasedSessionIsNotClaimedNorCompleted() {
            UUID session = append(chunk(page(), 0)).session();
            UUID claimed = append(chunk(page(), 0)).session();
            buffer.erase(PROJECT, session);
            advance(Duration.ofSeconds(15));
            Claim claim = claimOne();
            assertThat(claim.session()).isEqualTo(claimed);
            buffer.erase(PROJECT, claimed);
            assertThat(buffer.renew(claim)).isFalse();
            assertThat(buffer.complete(claim, List.of())).isFalse();
            assertThat(buffer.usage()).isEqualTo(new BufferUsage(0, 0, 0, 0));
        }

        @Test
        void erasureTellsWhatItRemovedOnce() {
            Chunk first = sized(page(), 0, 1_000);
            Chunk second = sized(page(), 0, 2_000);
            UUID session = append(first).session();
            append(second, session);
            assertThat(buffer.erase(PROJECT, session))
                    .isEqualTo(new ErasedBatches(2, first.rawBytes() + second.rawBytes()));
            assertThat(buffer.erase(PROJECT, session)).isEqualTo(new ErasedBatches(0, 0));
        }

        @Test
        void erasingWhatIsUnknownIsNoError() {
            UUID unknown = freshId();
            assertThat(buffer.erase(PROJECT, unknown)).isEqualTo(new ErasedBatches(0, 0));
            assertThat(read(unknown)).isEmpty();
        }

        @Test
        void sweepForgetsWhatCanNoLongerBeResumed() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            advance(Duration.ofSeconds(15));
            archive(session);
            advance(Duration.ofHours(2));
            buffer.sweep();
            Appended again = append(chunk(page, 0));
            assertThat(again.duplicate()).isFalse();
            assertThat(again.session()).isNotEqualTo(session);
        }

        @Test
        void sweepKeepsWhatIsNotArchived() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            advance(Duration.ofDays(2));
            buffer.sweep();
            assertThat(read(session)).hasSize(1);
            assertThat(claimOne().session()).isEqualTo(session);
        }
    }

    @Nested
    @DisplayName("first number of a page")
    class FirstSeq {
        @Test
        void isNoughtWhereThePageBegan() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            append(chunk(page, 1));
            assertThat(buffer.firstSeq(PROJECT, session, page)).isZero();
            assertThat(buffer.firstSeq(PROJECT, session, page())).isZero();
        }

        @Test
        void isBehindWhatAnEarlierSessionTook() {
            String page = page();
            UUID first = append(chunk(page, 0)).session();
            append(chunk(page, 1));
            advance(Duration.ofHours(1));
            UUID second = append(chunk(page, 5)).session();
            assertThat(second).isNotEqualTo(first);
            assertThat(buffer.firstSeq(PROJECT, second, page)).isEqualTo(2);
        }

        @Test
        void isNoughtForAPageOfWhichTheBufferLostTheBeginning() {
            String page = page();
            UUID session = append(chunk(page, 5)).session();
            assertThat(buffer.firstSeq(PROJECT, session, page)).isZero();
        }
    }

    @Nested
    @DisplayName("sessions")
    class Listing {
        private Map<UUID, String> sessions(String project) {
            Map<UUID, String> found = new HashMap<>();
            buffer.sessions(project, session -> found.put(session.id(), String.valueOf(session.client())));
            return found;
        }

        private Appended begin(String project, String client) {
            return buffer.append(new Append(project, chunk(page(), 0), null, freshId(), client));
        }

        @Test
        void openOnesAndThoseThatWaitAreShownWithTheirClient() {
            UUID waiting = begin(PROJECT, "{\"ip\":\"192.0.2.1\"}").session();
            advance(Duration.ofSeconds(16));
            UUID claimed = begin(PROJECT, "{\"ip\":\"192.0.2.2\"}").session();
            assertThat(claimOne().session()).isEqualTo(waiting);
            UUID open = begin(PROJECT, null).session();
            assertThat(sessions(PROJECT))
                    .containsOnly(
                            Map.entry(waiting, "{\"ip\":\"192.0.2.1\"}"),
                            Map.entry(claimed, "{\"ip\":\"192.0.2.2\"}"),
                            Map.entry(open, "null"));
        }

        @Test
        void archivedAndErasedOnesAndThoseOfOthersAreNotShown() {
            UUID archived = begin(PROJECT, null).session();
            advance(Duration.ofSeconds(16));
            archive(archived);
            buffer.erase(PROJECT, begin(PROJECT, null).session());
            UUID others = begin("other", null).session();
            assertThat(sessions(PROJECT)).isEmpty();
            assertThat(sessions("other")).containsOnlyKeys(others);
        }

        @Test
        void manyAreAllShown() {
            Set<UUID> begun = new HashSet<>();
            for (int i = 0; i < 510; i++) {
                begun.add(begin(PROJECT, null).session());
            }
            assertThat(sessions(PROJECT).keySet()).isEqualTo(begun);
        }
    }

    @Nested
    @DisplayName("usage")
    class Usage {
        @Test
        void tellsWhatIsHeld() {
            Appended first = append(sized(page(), 0, 1000));
            advance(Duration.ofSeconds(15));
            Chunk chunk = chunk(page(), 0);
            append(chunk);
            BufferUsage usage = buffer.usage();
            assertThat(usage.activeSessions()).isEqualTo(1);
            assertThat(usage.waitingSessions()).isEqualTo(1);
            assertThat(usage.bytes()).isBetween(1000 + chunk.rawBytes(), 2000L);
            assertThat(usage.oldestDeadline()).isEqualTo(first.seenAt() + 15_000);
        }

        @Test
        void healthyBufferSaysSo() {
            append(chunk(page(), 0));
            assertThat(buffer.health().up()).isTrue();
        }

        @Test
        void whatAVisitorThrowsPassesThrough() {
            UUID session = append(chunk(page(), 0)).session();
            assertThatThrownBy(() -> buffer.read(PROJECT, session, chunk -> {
                        throw new IllegalStateException("stop");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("stop");
            assertThat(read(session)).hasSize(1);
        }
    }

    @Nested
    @DisplayName("attach")
    class Attaching {
        private Chunk served(String page, int seq) {
            Chunk chunk = chunk(page, seq);
            return new Chunk(Chunk.SERVER_WINDOW, page, seq, 0, chunk.summary(), chunk.timeline(), new byte[0]);
        }

        private String serverPage() {
            return page().substring(2);
        }

        @Test
        void addsTheServersBatchBehindTheBrowsers() {
            String page = page();
            UUID session = append(chunk(page, 0)).session();
            Chunk chunk = served(serverPage(), 0);
            assertThat(buffer.attach(PROJECT, session, chunk)).isTrue();
            append(chunk(page, 1));
            assertThat(keys(session)).containsExactly(new ChunkKey(page, 0), new ChunkKey(page, 1), chunk.key());
            assertThat(read(session).get(2).window()).isEqualTo(Chunk.SERVER_WINDOW);
            assertThat(read(session).get(2).timeline()).isEqualTo(chunk.timeline());
        }

        @Test
        void repetitionStoresNothing() {
            UUID session = append(chunk(page(), 0)).session();
            Chunk chunk = served(serverPage(), 0);
            assertThat(buffer.attach(PROJECT, session, chunk)).isTrue();
            assertThat(buffer.attach(PROJECT, session, chunk)).isTrue();
            assertThat(read(session)).hasSize(2);
        }

        @Test
        void beginsNoSession() {
            UUID unknown = freshId();
            assertThat(buffer.attach(PROJECT, unknown, served(serverPage(), 0))).isFalse();
            assertThat(read(unknown)).isEmpty();
            advance(Duration.ofMinutes(1));
            assertThat(buffer.claim(10)).isEmpty();
        }

        @Test
        void prolongsNoSession() {
            UUID session = append(chunk(page(), 0)).session();
            advance(Duration.ofSeconds(14));
            assertThat(buffer.attach(PROJECT, session, served(serverPage(), 0))).isTrue();
            advance(Duration.ofSeconds(2));
            assertThat(claimOne().ended()).isTrue();
        }

        @Test
        void resumesNoSession() {
            UUID session = append(chunk(page(), 0)).session();
            advance(Duration.ofSeconds(16));
            assertThat(buffer.attach(PROJECT, session, served(serverPage(), 0))).isFalse();
            archive(session);
            assertThat(buffer.attach(PROJECT, session, served(serverPage(), 1))).isFalse();
            assertThat(read(session)).isEmpty();
        }

        @Test
        void reachesNoErasedSessionAndNoOtherProjects() {
            UUID session = append(chunk(page(), 0)).session();
            assertThat(buffer.attach("other", session, served(serverPage(), 0))).isFalse();
            buffer.erase(PROJECT, session);
            assertThat(buffer.attach(PROJECT, session, served(serverPage(), 1))).isFalse();
            assertThat(read(session)).isEmpty();
        }

        @Test
        void isErasedWithItsSession() {
            UUID session = append(chunk(page(), 0)).session();
            buffer.attach(PROJECT, session, served(serverPage(), 0));
            buffer.erase(PROJECT, session);
            assertThat(read(session)).isEmpty();
        }

        @Test
        void isArchivedWithItsSessionAndForgotten() {
            UUID session = append(chunk(page(), 0)).session();
            buffer.attach(PROJECT, session, served(serverPage(), 0));
            advance(Duration.ofSeconds(16));
            Claim claim = claimOne();
            assertThat(buffer.complete(claim, keys(session))).isTrue();
            assertThat(read(session)).isEmpty();
            assertThat(buffer.claim(10)).isEmpty();
        }

        @Test
        void countsForArchivingInPart() {
            UUID session = append(chunk(page(), 0)).session();
            String page = serverPage();
            Chunk large = sized(page, 0, 70 << 10);
            buffer.attach(
                    PROJECT,
                    session,
                    new Chunk(Chunk.SERVER_WINDOW, page, 0, 0, large.summary(), large.dom(), new byte[0]));
            Claim claim = claimOne();
            assertThat(claim.ended()).isFalse();
            assertThat(keys(session)).hasSize(2);
        }
    }
}

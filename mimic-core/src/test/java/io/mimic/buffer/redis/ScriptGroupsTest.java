package io.mimic.buffer.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who goes with whom; that each gets Redis' own answer is tried in {@link RedisServerTest}. */
class ScriptGroupsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();
    private final Semaphore passes = new Semaphore(0);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScriptGroups groups = new ScriptGroups(this::send, LONG);
    private volatile @Nullable Error failure;

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private void send(List<ScriptCall> group) {
        sizes.add(group.size());
        passes.acquireUninterruptibly();
        @Nullable Error broken = failure;
        if (broken != null) {
            throw broken;
        }
        group.forEach(call -> call.settle(() -> call.arguments().get(0).length));
    }

    @Test
    void whatComesWhileAGroupIsOnItsWayGoesTogetherAndEachGetsItsOwnAnswer() throws Exception {
        List<Future<Object>> answers = new ArrayList<>();
        answers.add(run(call(0)));
        await().atMost(LONG).until(() -> sizes.size() == 1);
        for (int length = 1; length <= 5; length++) {
            answers.add(run(call(length)));
        }
        await().atMost(LONG).until(() -> groups.waiting() == 5);
        passes.release(2);

        for (int length = 0; length <= 5; length++) {
            assertThat(answers.get(length).get(60, TimeUnit.SECONDS)).isEqualTo(length);
        }
        assertThat(sizes).containsExactly(1, 5);
    }

    @Test
    void groupHasNoMoreThanOneMebibyteAndOneCall() throws Exception {
        List<Future<Object>> answers = new ArrayList<>();
        answers.add(run(call(0)));
        await().atMost(LONG).until(() -> sizes.size() == 1);
        for (int i = 0; i < 5; i++) {
            answers.add(run(call(600 << 10)));
        }
        await().atMost(LONG).until(() -> groups.waiting() == 5);
        passes.release(4);

        for (Future<Object> answer : answers) {
            answer.get(60, TimeUnit.SECONDS);
        }
        assertThat(sizes).containsExactly(1, 2, 2, 1);
    }

    @Test
    void whatWaitsIsSentAfterAGroupThatFailed() throws Exception {
        Future<Object> first = run(call(0));
        await().atMost(LONG).until(() -> sizes.size() == 1);
        Future<Object> second = run(call(3));
        await().atMost(LONG).until(() -> groups.waiting() == 1);
        failure = new OutOfMemoryError("of the sender");
        passes.release(1);

        assertThatThrownBy(() -> first.get(60, TimeUnit.SECONDS)).hasRootCauseMessage("of the sender");
        failure = null;
        passes.release(1);
        assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(sizes).containsExactly(1, 1);
    }

    @Test
    void groupThatTakesTooLongIsNotWaitedForAnyMore() throws Exception {
        ScriptGroups hasty = new ScriptGroups(this::send, Duration.ofMillis(200));
        Future<Object> stuck = run(hasty, call(0));
        await().atMost(LONG).until(() -> sizes.size() == 1);
        assertThatThrownBy(() -> run(hasty, call(1)).get(60, TimeUnit.SECONDS))
                .hasRootCauseMessage("batches before it had no answer within 0 s.");

        Future<Object> beside = run(hasty, call(2));
        await().atMost(LONG).until(() -> sizes.size() == 2);
        passes.release(2);

        assertThat(beside.get(60, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(stuck.get(60, TimeUnit.SECONDS)).isEqualTo(0);
        assertThat(sizes).as("who gave up is not sent any more").containsExactly(1, 1);
        passes.release(1);
        assertThat(run(hasty, call(4)).get(60, TimeUnit.SECONDS)).isEqualTo(4);
    }

    @Test
    void interruptedThreadStillGetsItsAnswerAndStaysInterrupted() throws Exception {
        Future<Object> first = run(call(0));
        await().atMost(LONG).until(() -> sizes.size() == 1);
        ScriptCall call = call(7);
        Future<Boolean> second = threads.submit(() -> {
            Thread.currentThread().interrupt();
            groups.run(call);
            return Thread.interrupted();
        });
        await().atMost(LONG).until(() -> groups.waiting() == 1);
        passes.release(2);

        first.get(60, TimeUnit.SECONDS);
        assertThat(second.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(call.outcome()).isEqualTo(7);
    }

    @Test
    void callThatWasNotSentSaysSo() {
        assertThatThrownBy(() -> call(0).outcome()).isInstanceOf(IllegalStateException.class);
    }

    private Future<Object> run(ScriptCall call) {
        return run(groups, call);
    }

    private Future<Object> run(ScriptGroups of, ScriptCall call) {
        return threads.submit(() -> {
            of.run(call);
            return call.outcome();
        });
    }

    private static ScriptCall call(int length) {
        return new ScriptCall(RedisScript.SERVER, List.of(), new Arguments().add(new byte[length]));
    }
}

package io.mimic.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mimic.MemoryCatalog;
import io.mimic.SettableClock;
import io.mimic.project.RegistrationException.Reason;
import io.mimic.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What brakes whoever registers projects. */
class RegistrationsTest {
    private static final String STRONG = "correct horse battery";
    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.7";

    private final MemoryCatalog catalog = new MemoryCatalog();
    private final SettableClock clock = SettableClock.at("2026-11-25T10:00:00Z");

    @Test
    void theRightPasswordAfterWrongOnesIsToldToWaitNotThatItIsWrong() throws Exception {
        Projects projects = open(false, new Passwords(4));
        register(projects, "site", STRONG, "token", HERE);
        for (int i = 0; i < 5; i++) {
            assertThat(refused(projects, "site", "wrong guess " + i, "token", HERE)
                            .reason())
                    .isEqualTo(Reason.NAME_TAKEN);
        }

        RegistrationException throttled = refused(projects, "site", STRONG, "token", HERE);

        assertThat(throttled.reason()).isEqualTo(Reason.THROTTLED);
        assertThat(throttled.retryAfterSeconds()).isBetween(1L, 300L);
        assertThat(throttled)
                .hasMessageContaining(throttled.retryAfterSeconds() + " s")
                .hasMessageNotContaining("another");
        clock.advance(Duration.ofMinutes(5));
        assertThat(register(projects, "site", STRONG, "token", HERE).name()).isEqualTo("site");
    }

    @Test
    void whoGuessesPasswordsHoldsUpNobodyElse() throws Exception {
        Projects projects = open(false, new Passwords(4));
        for (int i = 0; i < 8; i++) {
            register(projects, "site" + i, STRONG, "token", HERE);
        }
        for (int i = 0; i < 40; i++) {
            refused(projects, "site" + i % 7, "wrong guess " + i, "token", HERE);
        }

        assertThat(refused(projects, "site7", STRONG, "token", HERE).reason()).isEqualTo(Reason.THROTTLED);
        assertThat(register(projects, "site7", STRONG, "token", ELSEWHERE).name())
                .isEqualTo("site7");
    }

    @Test
    void guessingTheTokenIsSlowedDownForThatAddress() throws Exception {
        Projects projects = open(false, new Passwords(4));
        for (int i = 0; i < 10; i++) {
            assertThat(refused(projects, "site", STRONG, "guess " + i, HERE).reason())
                    .isEqualTo(Reason.TOKEN_WRONG);
        }

        RegistrationException throttled = refused(projects, "site", STRONG, "token", HERE);

        assertThat(throttled.reason()).isEqualTo(Reason.THROTTLED);
        assertThat(throttled.retryAfterSeconds()).isBetween(1L, 300L);
        assertThat(register(projects, "site", STRONG, "token", ELSEWHERE).name())
                .isEqualTo("site");
        clock.advance(Duration.ofMinutes(5));
        assertThat(register(projects, "site", STRONG, "token", HERE).name()).isEqualTo("site");
    }

    @Test
    void whoHasTheTokenRegistersAsManyAsThereAre() throws Exception {
        Projects projects = open(false, new Passwords(4));
        for (int i = 0; i < 40; i++) {
            register(projects, "site" + i, STRONG, "token", HERE);
            assertThat(refused(projects, "site" + i, "weak", "token", HERE).field())
                    .contains("password");
            // asked without a token first
            assertThat(refused(projects, "site" + i, STRONG, "", HERE).reason()).isEqualTo(Reason.TOKEN_WRONG);
        }
    }

    @Test
    void tokenThatCouldNotBeJudgedDoesNotCount() throws Exception {
        Projects projects = open(false, "", new Passwords(4));
        catalog.down = true;
        for (int i = 0; i < 20; i++) {
            assertThat(catchThrowable(() -> register(projects, "site", STRONG, "perhaps right", HERE)))
                    .isInstanceOf(StoreException.class);
        }
        catalog.down = false;

        assertThat(refused(projects, "site", STRONG, "guess", HERE).reason()).isEqualTo(Reason.TOKEN_WRONG);
    }

    @Test
    void openRegistrationTakesTenNewProjectsOfAnAddressAtATime() throws Exception {
        Projects projects = open(true, new Passwords(4));
        for (int i = 0; i < 10; i++) {
            register(projects, "site" + i, STRONG, "", HERE);
        }

        assertThat(refused(projects, "one more", STRONG, "", HERE).reason()).isEqualTo(Reason.THROTTLED);
        assertThat(register(projects, "site3", STRONG, "", HERE).id()).isEqualTo("id-site3");
        register(projects, "one more", STRONG, "", ELSEWHERE);
        assertThat(catalog.projects).hasSize(11);
    }

    @Test
    void noMorePasswordsAreHashedAtOnceThanAreChecked() throws Exception {
        AtomicBoolean made = new AtomicBoolean();
        AtomicInteger atOnce = new AtomicInteger();
        CountDownLatch busy = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        Projects projects = open(true, new Passwords(4) {
            @Override
            String hash(String password) {
                if (made.get()) {
                    atOnce.incrementAndGet();
                    busy.countDown();
                    await(go);
                }
                return super.hash(password);
            }
        });
        made.set(true);
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            Future<Project> first = others.submit(() -> register(projects, "first", STRONG, "", HERE));
            Future<Project> second = others.submit(() -> register(projects, "second", STRONG, "", HERE));
            await(busy);

            RegistrationException third = refused(projects, "third", STRONG, "", ELSEWHERE);

            assertThat(third.reason()).isEqualTo(Reason.THROTTLED);
            assertThat(third.retryAfterSeconds()).isEqualTo(2);
            assertThat(atOnce).hasValue(2);
            go.countDown();
            assertThat(first.get(60, TimeUnit.SECONDS).name()).isEqualTo("first");
            assertThat(second.get(60, TimeUnit.SECONDS).name()).isEqualTo("second");
        } finally {
            go.countDown();
            others.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Project register(Projects projects, String name, String password, String token, String address)
            throws RegistrationException {
        return projects.register("id-" + name.replace(' ', '-'), name, password, token, List.of(), address);
    }

    private static RegistrationException refused(
            Projects projects, String name, String password, String token, String address) {
        return catchThrowableOfType(
                RegistrationException.class, () -> register(projects, name, password, token, address));
    }

    private Projects open(boolean toAll, Passwords passwords) {
        return open(toAll, "token", passwords);
    }

    private Projects open(boolean toAll, String token, Passwords passwords) {
        return Projects.open(
                new ProjectSettings("default", "", "", "", toAll, token), catalog.catalog(), clock, () -> passwords);
    }
}

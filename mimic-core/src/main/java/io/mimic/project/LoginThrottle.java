package io.mimic.project;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses passwords: an address for one project, an address for all, and strangers for a project that is under attack from
 * many addresses, of whom one gets a try every ten seconds. A browser in which somebody has logged in to the project before counts for
 * itself, whatever its address, so that strangers cannot lock out who uses it; those of one role count together too, and past that bound
 * have one try every ten seconds, so that who may look on cannot lock out the admin. Registrations, which are for no project yet, are
 * counted by address alone. Thread-safe.
 */
final class LoginThrottle {
    private static final int FAILURES_OF_OWN = 5;
    /** Of all of a role in a project: whoever may log in can have as many as he likes. */
    private static final int FAILURES_OF_KNOWN = 30;

    private static final int FAILURES_OF_ADDRESS = 30;
    private static final int FAILURES_OF_PROJECT = 100;
    private static final int REGISTRATIONS_OF_ADDRESS = 10;
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration ONE_TURN = Duration.ofSeconds(10);
    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<String, Failures> failures = bounded();
    /** When the next one may try of those who together have failed too often. */
    private final Map<String, Long> turns = bounded();

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /** Counts an attempt as failed until {@link #takeBack}, so that attempts at the same time count too. */
    synchronized void attempt(Guesser guesser) throws LoginThrottledException {
        long now = clock.millis();
        long wait = wait(guesser.own(), FAILURES_OF_OWN, now);
        if (guesser.browser() == null) {
            wait = Math.max(wait, wait(guesser.ofAddress(), FAILURES_OF_ADDRESS, now));
        }
        int together = guesser.browser() == null ? FAILURES_OF_PROJECT : FAILURES_OF_KNOWN;
        if (wait == 0 && wait(guesser.ofAll(), together, now) > 0) {
            wait = turn(guesser.ofAll(), now);
        }
        if (wait > 0) {
            throw new LoginThrottledException((wait + 999) / 1_000);
        }
        count(guesser, now, 1);
    }

    private long turn(String all, long now) {
        long next = turns.getOrDefault(all, now);
        if (next > now && next - now <= ONE_TURN.toMillis()) {
            return next - now;
        }
        turns.put(all, now + ONE_TURN.toMillis());
        return 0;
    }

    /** The attempt was right, or could not be judged. What failed before it stays counted: who has one password may be guessing the other. */
    synchronized void takeBack(Guesser guesser) {
        count(guesser, clock.millis(), -1);
    }

    private void count(Guesser guesser, long now, int change) {
        count(guesser.own(), now, change);
        count(guesser.ofAll(), now, change);
        if (guesser.browser() == null) {
            count(guesser.ofAddress(), now, change);
        }
    }

    /** Counts a registration until {@link #takeBack(String)}. */
    synchronized void attempt(String address) throws LoginThrottledException {
        long now = clock.millis();
        String key = registrations(address);
        long wait = wait(key, REGISTRATIONS_OF_ADDRESS, now);
        if (wait > 0) {
            throw new LoginThrottledException((wait + 999) / 1_000);
        }
        count(key, now, 1);
    }

    /** The registration was right, or could not be judged. */
    synchronized void takeBack(String address) {
        count(registrations(address), clock.millis(), -1);
    }

    private static String registrations(String address) {
        return "registrations\n" + ClientNetwork.of(address);
    }

    private long wait(String key, int allowed, long now) {
        Failures known = current(key, now);
        return known.count() >= allowed ? known.until() - now : 0;
    }

    private void count(String key, long now, int change) {
        Failures known = current(key, now);
        failures.put(key, new Failures(Math.max(0, known.count() + change), known.since(), known.until()));
    }

    private Failures current(String key, long now) {
        Failures known = failures.get(key);
        return known == null || now >= known.until() || now < known.since()
                ? new Failures(0, now, now + WINDOW.toMillis())
                : known;
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    private record Failures(int count, long since, long until) {}

    /**
     * Who gives a password.
     *
     * @param project name
     * @param network of the address
     * @param browser in which somebody has logged in to the project before; null for strangers
     */
    record Guesser(String project, String network, KnownBrowsers.@Nullable Browser browser) {
        static Guesser of(String project, String address, Optional<KnownBrowsers.Browser> browser) {
            return new Guesser(project, ClientNetwork.of(address), browser.orElse(null));
        }

        private String own() {
            return browser == null ? "pair\n" + project + "\n" + network : "browser\n" + project + "\n" + browser.id();
        }

        private String ofAddress() {
            return "address\n" + network;
        }

        /** Those with whom he has to share. */
        private String ofAll() {
            return browser == null ? "project\n" + project : "known\n" + browser.role() + "\n" + project;
        }
    }
}

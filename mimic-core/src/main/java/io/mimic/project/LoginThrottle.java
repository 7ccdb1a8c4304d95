package io.mimic.project;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down who guesses passwords: an address for one project, an address for all, and strangers for a project that is under attack from
 * many addresses. An address that logged in to a project before is never held up by what others do. Registrations, which are for no
 * project yet, are counted by address alone. Thread-safe.
 */
final class LoginThrottle {
    private static final int FAILURES_OF_PAIR = 5;
    private static final int FAILURES_OF_ADDRESS = 30;
    private static final int FAILURES_OF_PROJECT = 100;
    private static final int REGISTRATIONS_OF_ADDRESS = 10;
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<String, Failures> failures = bounded();
    private final Map<String, Boolean> welcome = bounded();

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /** Counts an attempt as failed until {@link #succeeded} takes it back, so that attempts at the same time count too. */
    synchronized void attempt(String project, String address) throws LoginThrottledException {
        String from = ClientNetwork.of(address);
        String pair = pair(project, from);
        long now = clock.millis();
        long wait = Math.max(wait(pair, FAILURES_OF_PAIR, now), wait("address\n" + from, FAILURES_OF_ADDRESS, now));
        if (!welcome.containsKey(pair)) {
            wait = Math.max(wait, wait("project\n" + project, FAILURES_OF_PROJECT, now));
        }
        if (wait > 0) {
            throw new LoginThrottledException((wait + 999) / 1_000);
        }
        count(pair, now, 1);
        count("address\n" + from, now, 1);
        count("project\n" + project, now, 1);
    }

    synchronized void succeeded(String project, String address) {
        takeBack(project, address);
        String pair = pair(project, ClientNetwork.of(address));
        welcome.put(pair, true);
        failures.remove(pair);
    }

    /** The attempt could not be judged. */
    synchronized void takeBack(String project, String address) {
        String from = ClientNetwork.of(address);
        long now = clock.millis();
        count(pair(project, from), now, -1);
        count("address\n" + from, now, -1);
        count("project\n" + project, now, -1);
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

    private static String pair(String project, String network) {
        return "pair\n" + project + "\n" + network;
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
}

package io.mimic.dashboard;

import io.mimic.project.Project;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Logins of this process; they end with it. Thread-safe. */
final class MemoryLogins implements Logins {
    static final Duration IDLE = Duration.ofHours(2);
    static final Duration LONGEST = Duration.ofHours(12);

    private static final int MOST = 10_000;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Login> logins = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Login> eldest) {
            return size() > MOST;
        }
    };

    MemoryLogins(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized String begin(Project project) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant now = clock.instant();
        logins.values().removeIf(login -> login.over(now));
        logins.put(token, new Login(project, now, now));
        return token;
    }

    @Override
    public synchronized Optional<Project> find(String token) {
        Instant now = clock.instant();
        Login login = logins.get(token);
        if (login == null || login.over(now)) {
            logins.remove(token);
            return Optional.empty();
        }
        logins.put(token, new Login(login.project(), login.begunAt(), now));
        return Optional.of(login.project());
    }

    @Override
    public synchronized void end(String token) {
        logins.remove(token);
    }

    private record Login(Project project, Instant begunAt, Instant seenAt) {
        boolean over(Instant now) {
            return now.isAfter(seenAt.plus(IDLE)) || now.isAfter(begunAt.plus(LONGEST));
        }
    }
}

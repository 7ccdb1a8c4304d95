package io.mimic.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.project.Project;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MemoryLoginsTest {
    private static final Project SHOP = new Project("p1", "shop");

    private Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private final MemoryLogins logins = new MemoryLogins(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void findsAProjectByItsTokenAlone() {
        String token = logins.begin(SHOP);

        assertThat(token).hasSizeGreaterThanOrEqualTo(43).matches("[A-Za-z0-9_-]+");
        assertThat(logins.find(token)).contains(SHOP);
        assertThat(logins.find(token.substring(1) + "x")).isEmpty();
        assertThat(logins.begin(SHOP)).isNotEqualTo(token);
    }

    @Test
    void endsOneLoginAndNoOther() {
        String one = logins.begin(SHOP);
        String other = logins.begin(SHOP);

        logins.end(one);

        assertThat(logins.find(one)).isEmpty();
        assertThat(logins.find(other)).contains(SHOP);
    }

    @Test
    void usingALoginKeepsItUntilTheLongestTime() {
        String token = logins.begin(SHOP);
        for (int hour = 0; hour < 12; hour++) {
            now = now.plus(Duration.ofHours(1));
            assertThat(logins.find(token)).contains(SHOP);
        }
        now = now.plusSeconds(1);

        assertThat(logins.find(token)).isEmpty();
    }

    @Test
    void anUnusedLoginExpires() {
        String token = logins.begin(SHOP);
        now = now.plus(MemoryLogins.IDLE).plusSeconds(1);

        assertThat(logins.find(token)).isEmpty();
        now = now.minus(MemoryLogins.IDLE);
        assertThat(logins.find(token)).isEmpty();
    }
}

package io.mimic.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final int MANY = 200;

    private final AtomicLong nanos = new AtomicLong();
    private final TimeMeter time = new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };

    @Test
    void tenSecondsWorthComeAtOnceAndMoreIsToldWhenToComeAgain() throws Refusal {
        RateLimit limit = new RateLimit("address", 2, time);
        for (int i = 0; i < 20; i++) {
            limit.check("192.0.2.1");
        }

        assertThatThrownBy(() -> limit.check("192.0.2.1")).isInstanceOfSatisfying(Refusal.class, e -> {
            assertThat(e.answer().status()).isEqualTo(429);
            assertThat(e.answer().retryAfterSeconds()).isEqualTo(1);
            assertThat(e.getMessage()).contains("address");
        });
        assertThatCode(() -> limit.check("192.0.2.2")).doesNotThrowAnyException();

        nanos.addAndGet(1_000_000_000L);
        limit.check("192.0.2.1");
        limit.check("192.0.2.1");
        assertThatThrownBy(() -> limit.check("192.0.2.1")).isInstanceOf(Refusal.class);
    }

    @Test
    void zeroIsNoBound() throws Refusal {
        RateLimit limit = new RateLimit("session", 0, time);
        for (int i = 0; i < 1_000; i++) {
            limit.check("one");
        }
    }

    @Test
    void whoIsOverTheRateDoesNotHoldUpOthers() throws Exception {
        try (IngestFixture ingest = new IngestFixture(IngestFixture.LIMITS, new IngestRates(0, 1, 0))) {
            int taken = taken(ingest, 1, 0, "this address");
            assertThat(taken).isBetween(10, MANY - 1);
            ingest.ip = "192.0.2.8";
            ingest.send(IngestFixture.batchOf(10));
            assertThat(ingest.buffer.appends).hasSize(taken + 1);
        }
    }

    @Test
    void addressesOfOneIpv6NetworkShareTheirRate() throws Exception {
        try (IngestFixture ingest = new IngestFixture(IngestFixture.LIMITS, new IngestRates(0, 1, 0))) {
            int taken = 0;
            do {
                ingest.ip = "2001:db8:1:2::" + Integer.toHexString(taken + 1);
            } while (takes(ingest, page(taken, 0), "this address") && ++taken < MANY);
            assertThat(taken).isBetween(10, MANY - 1);
            ingest.ip = "2001:db8:1:3::1";
            ingest.send(IngestFixture.batchOf(10));
        }
    }

    @Test
    void morePagesOfASessionGetNoMore() throws Exception {
        try (IngestFixture ingest = new IngestFixture(IngestFixture.LIMITS, new IngestRates(1, 0, 0))) {
            IngestResult first = ingest.send(page(0, 0));
            ingest.cookies.put(first.cookieName(), first.token());
            assertThat(taken(ingest, 1, 0, "this session")).isLessThan(MANY);

            ingest.cookies.clear();
            assertThat(taken(ingest, 1, 1, "this session"))
                    .as("its pages are known without the cookie, too")
                    .isLessThan(MANY);
            assertThat(taken(ingest, 1 + MANY, 0, "this session"))
                    .as("visitors without a cookie are many")
                    .isEqualTo(MANY);
        }
    }

    @Test
    void aForgedTokenUsesUpNobodysRate() throws Exception {
        try (IngestFixture ingest = new IngestFixture(IngestFixture.LIMITS, new IngestRates(1, 0, 0))) {
            IngestResult first = ingest.send(page(0, 0));
            ingest.cookies.put(first.cookieName(), "A".repeat(first.token().length()));
            assertThat(taken(ingest, 1, 0, "this session")).isEqualTo(MANY);
        }
    }

    /** How many pages, one batch each, were taken before one was refused. However slow the machine is, it sends more than one a second. */
    private static int taken(IngestFixture ingest, int from, int seq, String who) {
        int taken = 0;
        while (taken < MANY && takes(ingest, page(from + taken, seq), who)) {
            taken++;
        }
        return taken;
    }

    private static boolean takes(IngestFixture ingest, String batch, String who) {
        try {
            ingest.send(batch);
            return true;
        } catch (BatchRejectedException e) {
            assertThat(e.status()).isEqualTo(429);
            assertThat(e.getMessage()).contains(who);
            return false;
        }
    }

    private static String page(int page, int seq) {
        return IngestFixture.batchOf(seq).replace(IngestFixture.PAGE, "%032x".formatted(page));
    }

    @Test
    void sessionAndProjectHaveTheirOwnRates() throws Exception {
        for (IngestRates rates : new IngestRates[] {new IngestRates(1, 0, 0), new IngestRates(0, 0, 1)}) {
            try (IngestFixture ingest = new IngestFixture(IngestFixture.LIMITS, rates)) {
                String who = rates.session() > 0 ? "this session" : "this project";
                ingest.send(page(0, 0));
                ingest.send(page(0, 1));
                int more = 0;
                while (more < MANY && takes(ingest, page(0, 2 + more), who)) {
                    more++;
                }
                assertThat(more).isBetween(8, MANY - 1);
            }
        }
    }
}

package io.mimic.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
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
        RateLimit limit = new RateLimit("page", 0, time);
        for (int i = 0; i < 1_000; i++) {
            limit.check("page");
        }
    }

    @Test
    void whoIsOverTheRateDoesNotHoldUpOthers() throws Exception {
        try (IngestFixture ingest = new IngestFixture(IngestFixture.LIMITS, new IngestRates(0, 1, 0))) {
            for (int i = 0; i < 10; i++) {
                ingest.send(IngestFixture.batchOf(i));
            }
            assertThatThrownBy(() -> ingest.send(IngestFixture.batchOf(10)))
                    .isInstanceOfSatisfying(
                            BatchRejectedException.class,
                            e -> assertThat(e.status()).isEqualTo(429));
            ingest.ip = "192.0.2.8";
            ingest.send(IngestFixture.batchOf(10));
            assertThat(ingest.buffer.appends).hasSize(11);
        }
    }

    @Test
    void pageAndProjectHaveTheirOwnRates() throws Exception {
        for (IngestRates rates : new IngestRates[] {new IngestRates(1, 0, 0), new IngestRates(0, 0, 1)}) {
            try (IngestFixture ingest = new IngestFixture(IngestFixture.LIMITS, rates)) {
                for (int i = 0; i < 10; i++) {
                    ingest.send(IngestFixture.batchOf(i));
                }
                assertThatThrownBy(() -> ingest.send(IngestFixture.batchOf(10)))
                        .isInstanceOfSatisfying(
                                BatchRejectedException.class,
                                e -> assertThat(e.status()).isEqualTo(429));
            }
        }
    }
}

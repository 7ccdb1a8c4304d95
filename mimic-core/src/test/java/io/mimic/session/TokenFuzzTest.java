package io.mimic.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mimic.MemoryCatalog;
import io.mimic.MillionInputs;
import io.mimic.Mutations;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in the cookie, it names the session that was signed for this project, or none. */
class TokenFuzzTest {
    private static final UUID SESSION = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad90");
    private static final String PROJECT = "shop";
    private static final List<String> PIECES =
            List.of("=", "==", "+", "/", "-", "_", " ", "%", "\0", "A", "AAAA", "____", "\u00e9", "ey.", ".", "\"");
    private static final long MOST_BYTES = 64 << 10;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void changedTokenOpensNoOtherSession(long seed) {
        run(seed, 5_000);
    }

    @Test
    @Tag("long")
    void millionChangedTokensOpenNoOtherSession() {
        MillionInputs.run(TokenFuzzTest::run);
    }

    /** @return how many opened the session that was signed */
    private static int run(long seed, int tries) {
        MemoryCatalog catalog = new MemoryCatalog();
        SessionTokens other = SessionTokens.open(catalog.catalog(), "another key", "");
        other.load();
        String former = other.sign(PROJECT, SESSION, 2);
        SessionTokens tokens = SessionTokens.open(new MemoryCatalog().catalog(), "this key", "");
        tokens.load();
        String token = tokens.sign(PROJECT, SESSION, 1_795_560_043_391L);
        List<byte[]> corpus = Stream.of(token, token, former, tokens.sign("shop2", SESSION, 3), "", "x".repeat(4_000))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        Mutations mutations = new Mutations(new Random(seed), PIECES);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int opened = 0;
        for (int i = 0; i < tries; i++) {
            String changed = new String(mutations.oneOf(corpus), StandardCharsets.UTF_8);
            long before = threads.getCurrentThreadAllocatedBytes();
            var said = tokens.verify(PROJECT, changed);
            long cost = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(cost).as("Seed %d, try %d: bytes of memory", seed, i).isLessThan(MOST_BYTES);
            if (said.isPresent()) {
                assertThat(said.get())
                        .as("Seed %d, try %d: %s", seed, i, changed)
                        .isEqualTo(new SessionToken(SESSION, 1_795_560_043_391L));
                assertThat(Base64.getUrlDecoder().decode(changed))
                        .isEqualTo(Base64.getUrlDecoder().decode(token));
                opened++;
            }
        }
        assertThat(opened).as("changes that change nothing").isLessThan(tries / 5);
        return opened;
    }
}

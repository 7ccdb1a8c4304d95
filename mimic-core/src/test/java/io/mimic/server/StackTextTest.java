package io.mimic.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.privacy.Scrubber;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackTextTest {
    private static final ServerSettings SETTINGS = new ServerSettings(
            false, SecretNames.with(List.of()), Scrubber.of(Scrubber.Scope.ALL, List.of("customer-\\d+")));
    private static final ServerSettings STRICT =
            new ServerSettings(true, SecretNames.with(List.of()), Scrubber.of(Scrubber.Scope.ALL, List.of()));

    @Test
    void readsAsJavaPrintsIt() {
        Exception thrown = new IllegalStateException("no rate", new java.util.NoSuchElementException("none"));

        String text = StackText.of(thrown, SETTINGS);

        assertThat(text)
                .startsWith(
                        "java.lang.IllegalStateException: no rate\n\tat io.mimic.server.StackTextTest.readsAsJavaPrintsIt(")
                .contains("\nCaused by: java.util.NoSuchElementException: none\n")
                .containsPattern("\n\t\\.\\.\\. \\d+ more\n$");
    }

    @Test
    void messagesAreScrubbedOrMasked() {
        Exception thrown = new IllegalArgumentException("password=hunter2\nsecond line");
        assertThat(StackText.of(thrown, SETTINGS))
                .startsWith("java.lang.IllegalArgumentException: password=*** second line\n");
        assertThat(StackText.of(thrown, STRICT)).startsWith("java.lang.IllegalArgumentException: ***\n\tat ");
    }

    @Test
    void endlessRecursionIsBounded() {
        StackOverflowError thrown = overflow();
        String text = StackText.of(thrown, SETTINGS);
        assertThat(text).contains(" frames left out\n");
        assertThat(text.length()).isLessThanOrEqualTo(StackText.MOST + 2);
    }

    @Test
    void circleOfCausesEnds() {
        Exception inner = new RuntimeException("inner");
        Exception outer = new RuntimeException("outer", inner);
        inner.initCause(outer);
        assertThat(StackText.of(outer, SETTINGS)).containsOnlyOnce("RuntimeException: outer");
    }

    @Test
    void exceptionThatCannotSayWhatItIsIsStillShown() {
        Exception rude = new Exception() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new UnsupportedOperationException();
            }
        };
        assertThat(StackText.of(rude, SETTINGS)).contains("UnsupportedOperationException in getMessage()\n\tat ");
    }

    private static StackOverflowError overflow() {
        try {
            endless(0);
            throw new AssertionError();
        } catch (StackOverflowError e) {
            return e;
        }
    }

    private static int endless(int depth) {
        return depth < 0 ? 0 : endless(depth + 1) + 1;
    }
}

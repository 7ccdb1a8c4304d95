package io.mimic.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.privacy.Scrubber.Effort;
import io.mimic.privacy.Scrubber.Kind;
import io.mimic.privacy.Scrubber.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScrubberPropertyTest {
    private static final List<String> PLANTED =
            List.of("4111111111111111", "ann@example.org", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln");

    private final Scrubber scrubber = Scrubber.of(Scope.ALL, List.of("CUST-\\d+", "\\s[a-c]"));

    private final Scrubber plain = Scrubber.of(Scope.ALL, List.of());

    @Property(tries = 2_000)
    void whatIsPlantedBetweenOtherTextsIsGoneAndTheJsonStaysWhole(@ForAll("texts") List<String> texts)
            throws Exception {
        byte[] json = JSON.std.asBytes(texts);
        byte[] clean = scrubber.json(json, 0, json.length, Kind.TEXT, new Effort(10_000_000));
        String result = new String(clean == null ? json : clean, StandardCharsets.UTF_8);
        assertThat(JSON.std.listFrom(result)).hasSameSizeAs(texts);
        for (String planted : PLANTED) {
            assertThat(result).doesNotContain(" " + planted + " ");
        }
        byte[] builtIn = plain.json(json, 0, json.length, Kind.TEXT, new Effort(0));
        assertThat(builtIn == null).isEqualTo(texts.stream().allMatch(text -> plain.text(text) == text));
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> part = Arbitraries.oneOf(
                Arbitraries.of(PLANTED).map(planted -> " " + planted + " "),
                Arbitraries.of(
                        "\n",
                        "\"",
                        "\\",
                        "\u0001",
                        "ä",
                        "€",
                        "😀",
                        "4111",
                        "@",
                        "%40",
                        " b",
                        "CUST-1",
                        "Bearer abcdef12"),
                Arbitraries.strings().ascii().ofMaxLength(8));
        return part.list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts))
                .list()
                .ofMaxSize(4);
    }
}

package io.mimic.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.privacy.Scrubber.Effort;
import io.mimic.privacy.Scrubber.Kind;
import io.mimic.privacy.Scrubber.Scope;
import io.mimic.privacy.Scrubber.TooMuchException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {
    private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLXRoYXQ";
    private final Scrubber scrubber = Scrubber.of(Scope.ALL, List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "paid with 4111111111111111 today|paid with *** today",
                "4111 1111 1111 1111|***",
                "4111-1111-1111-1111 12/28|*** 12/28",
                "card=4111+1111+1111+1111&x=1|card=***&x=1",
                "card=4111%201111%201111%201111|card=***",
                "n%3D5555555555554444|n%3D***",
                "amex 3782 822463 10005.|amex ***.",
                "378282246310005|***",
                "2 x 6011111111111117, 3|2 x ***, 3",
                "30569309025904|***",
                "3530111333300000|***",
                "2223003122003222|***",
                "6240008631401148|***",
                "4222222222222|***",
                "卡号：4111111111111111。|卡号：***。"
            })
    void takesOutCardNumbers(String text, String clean) {
        assertThat(scrubber.text(text)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "1795560043391",
                "1795560043391000",
                "0.4111111111111111",
                "4111111111111111.5px",
                "M4.1111111111111111 33.333333333333336%",
                "id4111111111111111",
                "41111111111111111111111",
                "550e8400-e29b-41d4-a716-446655440000",
                "+49 30 901820 12",
                "4111.1111.1111.1111"
            })
    void keepsOtherNumbers(String text) {
        assertThat(scrubber.text(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from ann.lee+shop@mail.example.org, to|from ***, to",
                "q=ann%40example.org&x|q=***&x",
                "mailto:ann@example.org?subject=x|mailto:***?subject=x",
                "<ann@example.org>.|<***>.",
                "jörg@bücher.example|jö***",
                "an：ann@bücher.example。|an：***",
                "https://me:pw@example.org/x|https://me:***/x",
                "a@b.co|***"
            })
    void takesOutMailAddresses(String text, String clean) {
        assertThat(scrubber.text(text)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/img/logo@2x.png",
                "https://cdn.example/npm/react@18.2.0/umd/react.min.js",
                "@media (min-width:3em){a{b:c}}",
                "a{}@font-face{x}",
                "hello @name",
                "50%40",
                "x@localhost",
                "vue@next.js",
                "a@@b"
            })
    void keepsOtherSigns(String text) {
        assertThat(scrubber.text(text)).isSameAs(text);
    }

    /** Were each of them read to the end, this would take hours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-eyJ",
                "%41eyJ",
                "eyJhbGciOi.",
                "bearer ",
                "bearer  ",
                "bearer+",
                "bearer%20",
                "bearer%2B",
                "basic+",
                "basic%20",
                "basic%20+",
                "a@",
                "a%40",
                "4111 ",
                "1",
                "4-",
                "%"
            })
    @Timeout(60)
    void beginningsThatNeverEndAreReadOnce(String piece) {
        assertThat(scrubber.text(piece.repeat(4_000_000 / piece.length()))).isNotEmpty();
    }

    @Test
    void webTokenIsFoundAfterOneThatEndsTooEarly() {
        assertThat(scrubber.text("x-eyJ-eyJ-eyJ " + JWT)).isEqualTo("x-eyJ-eyJ-eyJ ***");
        assertThat(scrubber.text("x-" + JWT)).isEqualTo("x-***");
    }

    @Test
    void takesOutCredentials() {
        assertThat(scrubber.text("token " + JWT + "!")).isEqualTo("token ***!");
        assertThat(scrubber.text("Authorization: Bearer abcdef.ghi")).isEqualTo("Authorization: Bearer ***");
        assertThat(scrubber.text("BEARER  sk-live-x")).isEqualTo("BEARER  ***");
        assertThat(scrubber.text("Basic dXNlcjpwYXNz")).isEqualTo("Basic ***");
        assertThat(scrubber.text("Basic information")).isEqualTo("Basic information");
        assertThat(scrubber.text("abceyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.x")).startsWith("abceyJ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/cb?x=Bearer%20abc123def456&y=1|/cb?x=Bearer%20***&y=1",
                "/cb?x=bearer+mF_9.B5f-4.1JqM%2Bq%3D%3D#top|/cb?x=bearer+***#top",
                "/cb?h=%7B%22Authorization%22%3A%22Bearer%20mF9B5f41JqM%22%7D|/cb?h=%7B%22Authorization%22%3A%22Bearer%20***%22%7D",
                "/cb?x=Basic%20dXNlcjpwYXNz|/cb?x=Basic%20***",
                "/cb?x=Basic%20YTpi%2Bz%3D%3D/next?|/cb?x=Basic%20***?",
                "/cb?x=BASIC+dXNlcjpwYXNzd29yZA==&y|/cb?x=BASIC+***&y",
                "/cb?x=Basic+dXNlcjpwYXNzd29yZA%3D%3D+y|/cb?x=Basic+***+y",
            })
    void takesOutCredentialsOfUrls(String text, String clean) throws Exception {
        assertThat(scrubber.text(text)).isEqualTo(clean);
        for (Kind kind : Kind.values()) {
            assertThat(json(scrubber, "[\"" + text + "\"]", kind)).isEqualTo("[\"" + clean + "\"]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/search?q=bearer+token",
                "/search?q=bearer%20token-based-authentication",
                "/search?q=Bearer%20shares%2Fbonds%20GitHub",
                "/search?q=standard+bearer+of+2024",
                "/search?q=basic+training",
                "/search?q=basic%20java17-course",
                "/search?q=basic%20information%20for%20beginners",
                "/search?q=Basic+dXNlcg==",
                "/search?q=digest+a1b2c3d4e5",
                "/search?q=forbearer%20abc123def456",
                "/docs/basic%20usage/2.17.1/index.html",
                "/bearer%2",
                "/bearer%20",
                "/bearer+",
                "/basic%20%zz123456",
            })
    void keepsOrdinaryUrls(String url) throws Exception {
        assertThat(scrubber.text(url)).isSameAs(url);
        assertThat(json(scrubber, "[\"" + url + "\"]", Kind.TEXT)).isNull();
    }

    @Test
    void jsonKeepsItsFormAndWhatIsAroundTheFinds() throws Exception {
        String json = "{\"a\":\"x\\n4111111111111111\\\"\",\"b\": [1, 4111111111111111,\"\\tann@example.org\\\\\"],"
                + "\"ann@example.org\":true,\"c\":\"ä\\u0041 Bearer abcdefgh\\n\",\"t\":1795560043391,\"f\":4111111111111111.5}";
        String clean = "{\"a\":\"x\\n***\\\"\",\"b\": [1, 0,\"\\t***\\\\\"],"
                + "\"***\":true,\"c\":\"ä\\u0041 Bearer ***\\n\",\"t\":1795560043391,\"f\":4111111111111111.5}";
        assertThat(json(scrubber, json, Kind.TEXT)).isEqualTo(clean);
        assertThat(JSON.std.mapFrom(clean)).hasSize(6);
    }

    @Test
    void pageKeepsItsNumbersAndItsProse() throws Exception {
        assertThat(json(scrubber, "{\"id\":4111111111111111,\"t\":\"Bearer authentication\"}", Kind.PAGE))
                .isNull();
        assertThat(json(scrubber, "{\"t\":\"ann@example.org Bearer abc123def\"}", Kind.PAGE))
                .isEqualTo("{\"t\":\"*** Bearer ***\"}");
    }

    @Test
    void whoTheHostSaysTheUserIsStays() throws Exception {
        assertThat(json(scrubber, "{\"user\":\"ann@example.org\",\"card\":\"4111111111111111\"}", Kind.IDENTITY))
                .isEqualTo("{\"user\":\"ann@example.org\",\"card\":\"***\"}");
    }

    @Test
    void scopeSaysWhatIsSearched() throws Exception {
        Scrubber texts = Scrubber.of(Scope.TEXTS, List.of());
        assertThat(json(texts, "[\"ann@example.org\"]", Kind.PAGE)).isNull();
        assertThat(json(texts, "[\"ann@example.org\"]", Kind.TEXT)).isEqualTo("[\"***\"]");
        assertThat(Scrubber.of(Scope.NONE, List.of()).text("ann@example.org")).isEqualTo("ann@example.org");
    }

    @Test
    void operatorsPatternsAreTakenOutOfValuesAndNeverOutOfNames() throws Exception {
        Scrubber own = Scrubber.of(Scope.ALL, List.of("CUST-\\d{2,6}", "\"quoted\""));
        assertThat(own.text("for CUST-1234, CUST-1")).isEqualTo("for ***, CUST-1");
        assertThat(json(own, "{\"CUST-1234\":\"é CUST-1234\\n\\\"quoted\\\"\"}", Kind.PAGE))
                .isEqualTo("{\"CUST-1234\":\"é ***\\n***\"}");
        assertThat(json(Scrubber.of(Scope.ALL, List.of("n\\s+x")), "[\"n\\u0009x\",\"n\\nxy\"]", Kind.TEXT))
                .isEqualTo("[\"***\",\"***y\"]");
    }

    @Test
    void matchThatCutsAnEscapeTakesTheWholeOfIt() throws Exception {
        Scrubber own = Scrubber.of(Scope.ALL, List.of("a\\s", "\\sb"));
        for (String json : List.of("[\"xa\\n\"]", "[\"\\u0009by\"]", "[\"a\\n\\tb\"]")) {
            String clean = json(own, json, Kind.TEXT);
            assertThat(JSON.std.listFrom(clean).get(0).toString()).contains("***");
        }
    }

    @Test
    void patternsHaveABound() {
        Scrubber own = Scrubber.of(Scope.ALL, List.of("(a+)+b", "x"));
        byte[] json = ("[\"" + "a".repeat(1_000) + "\"]").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> own.json(json, 0, json.length, Kind.TEXT, new Effort(1_999)))
                .isInstanceOf(TooMuchException.class)
                .hasMessageContaining("mimic.privacy.scrub-patterns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "x*", "(?=a)", "a{2000}"})
    void patternThatIsWrongIsNamed(String pattern) {
        assertThatThrownBy(() -> Scrubber.of(Scope.ALL, List.of(pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(pattern);
    }

    private static String json(Scrubber scrubber, String json, Kind kind) throws TooMuchException {
        byte[] bytes = ("  " + json + " ").getBytes(StandardCharsets.UTF_8);
        byte[] clean = scrubber.json(bytes, 2, bytes.length - 3, kind, new Effort(1_000_000));
        return clean == null ? null : new String(clean, StandardCharsets.UTF_8);
    }
}

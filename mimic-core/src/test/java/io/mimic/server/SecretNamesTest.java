package io.mimic.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
    private final SecretNames names = SecretNames.with(List.of("customerRef"));

    @Test
    void wordsAreThoseOfTheRecorderAndOfItsDocumentation() throws Exception {
        String page = Files.readString(Path.of("../docs/privacy.md"));
        String told = page.substring(page.indexOf("<!-- words -->"), page.indexOf("<!-- /words -->"));
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("`(\\w+)`").matcher(told);
        while (word.find()) {
            words.add(word.group(1));
        }
        List<String> all = new ArrayList<>(SecretNames.WORDS);
        all.addAll(SecretNames.PAIRS);
        assertThat(all).containsExactlyElementsOf(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "X-Access-Token",
                "accessToken",
                "cardNumber",
                "customer-ref",
                "JSESSIONID",
                "api_key"
            })
    void promiseASecret(String name) {
        assertThat(names.promisesSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "author", "pinned", "", "total", "key"})
    void promiseNone(String name) {
        assertThat(names.promisesSecret(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            login of ann failed, password=hunter2, try 3 | login of ann failed, password=***, try 3
            {"token": "abc def", "n": 1} | {"token": ***, "n": 1}
            Authorization: Bearer abcdef123456 | Authorization: ***
            Authorization: Token 9944b09199c6 of ann | Authorization: ***
            Cookie: a=1; b=hunter2; c=3 | Cookie: ***
            {"Cookie":"a=1; b=hunter2","n":1} | {"Cookie":***,"n":1}
            {\\"password\\":\\"hun ter\\",\\"n\\":1} | {\\"password\\":***,\\"n\\":1}
            {"password":"a\\"b","n":1} | {"password":***,"n":1}
            failed\\npassword=hunter2 | failed\\npassword=***
            GET https:\\/\\/me:p@w@db/x | GET https:\\/\\/db/x
            jdbc:postgresql://me:pw@db/x refused | jdbc:postgresql://db/x refused
            got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc | got ***
            https://x/t-eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0 | https://x/t-***
            abcd.efgh.eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc | abcd.efgh.***
            eyJ and eyJhbG.abcdef are none | eyJ and eyJhbG.abcdef are none
            order 17 is late: no carrier | order 17 is late: no carrier
            """)
    void textIsScrubbed(String text, String scrubbed) {
        assertThat(names.scrub(text)).isEqualTo(scrubbed);
    }

    /** Were each of them read to the end, this would take hours. */
    @ParameterizedTest
    @ValueSource(
            strings = {"eyJ", "-eyJ", "eyJhbGciOi.", "bearer ", "a:", "token=\"", "token=\\\\\"", "\\\\", "://", "a-"})
    @Timeout(60)
    void beginningsThatNeverEndAreReadOnce(String piece) {
        String text = piece.repeat(2_000_000 / piece.length());
        assertThat(names.scrub(text)).isNotEmpty();
    }

    @Test
    void pathLosesWhatNoPersonWrote() {
        assertThat(names.scrubPath("/reset/a8f3c0b1d2e4f5a6b7c8d9e0f1a2b3c4/now;jsessionid=17"))
                .isEqualTo("/reset/***/now");
        assertThat(names.scrubPath("/orders/0199f3a0-7c1d-7d3e-9a51-2f6b1c0d4e5f/lines"))
                .isEqualTo("/orders/0199f3a0-7c1d-7d3e-9a51-2f6b1c0d4e5f/lines");
    }
}

package io.mimic.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretFinderTest {
    private static final String[] PIECES = {
        "4111 1111 1111 1111",
        "4111-1111",
        "4111",
        "1111",
        "378282246310005",
        "ann",
        "@",
        "%40",
        "example.org",
        "Bearer",
        "basic",
        "digest",
        "Negotiate",
        "eyJ",
        "eyJhbGciOiJI",
        "abcdefgh",
        "A1b2C3d4E5f6",
        "dXNlcjpwYXNz",
        "%22",
        ".",
        "-",
        "_",
        " ",
        "%20",
        "+",
        "\\n",
        "\\u0040",
        "\\u00a0",
        "\\\\",
        "\\\"",
        "\u00a0",
        "é",
        "e",
        "ey",
        "%4",
        "1.5",
        "x",
        "=",
        "/"
    };

    /** What is passed over quickly holds nothing that the thorough look would find. */
    @ParameterizedTest
    @CsvSource({"true, true, 1", "true, false, 2", "false, true, 3", "false, false, 4"})
    void quickLookMissesNothing(boolean mail, boolean prose, long seed) {
        SecretFinder finder = new SecretFinder(mail, prose, true);
        Random random = new Random(seed);
        int secrets = 0;
        for (int n = 0; n < 50_000; n++) {
            StringBuilder text = new StringBuilder("\"");
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            byte[] json = text.append('"').toString().getBytes(StandardCharsets.UTF_8);
            List<Span> found = new ArrayList<>();
            finder.find(json, 1, json.length - 1, found);
            if (!found.isEmpty()) {
                secrets++;
                assertThat(json[finder.suspect(json, 1)]).as("%s", text).isNotEqualTo((byte) '"');
            }
        }
        assertThat(secrets).isGreaterThan(1_000);
    }
}

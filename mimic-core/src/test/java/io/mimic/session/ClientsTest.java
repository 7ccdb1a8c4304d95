package io.mimic.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.catalog.ClientRow;
import io.mimic.privacy.AddressRule;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientsTest {
    private static final String CHROME =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36";

    private final Clients clients = Clients.open("", AddressRule.of(AddressRule.Kept.FULL));
    private final Map<String, String> headers = new HashMap<>();

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void clientHintsOfThePageAreTakenFirst() {
        headers.put("user-agent", CHROME);
        ClientMetadata client = read("""
                {"url":"https://shop.example/","referrer":"https://search.example/","title":"Shop","language":"de-DE",
                 "languages":["de-DE","en"],"timeZone":"Europe/Zurich","screen":{"width":1920,"height":1080,"pixelRatio":1.5},
                 "viewport":{"width":1200,"height":800},"recorder":"0.1.0","privacy":"inputs",
                 "userAgentData":{"brands":[{"brand":"Not)A;Brand","version":"8"},{"brand":"Chromium","version":"138"},
                 {"brand":"Google Chrome","version":"138"}],"mobile":false,"platform":"Windows","platformVersion":"15.0.0"}}
                """);

        assertThat(client.agent()).isEqualTo(new ClientMetadata.Agent("Chrome", "138", "Windows", "11", "desktop"));
        assertThat(client.languages()).containsExactly("de-DE", "en");
        assertThat(client.place().country()).isEqualTo("Switzerland");
        assertThat(client.screen()).isEqualTo(new ClientMetadata.Size(1920, 1080, 1.5));
        assertThat(client.ip()).isEqualTo("192.0.2.7");
    }

    @Test
    void hintsInHeadersServeWhereThePageSaysNothing() {
        headers.put("user-agent", CHROME);
        headers.put("sec-ch-ua", "\"Chromium\";v=\"138\", \"Not=A?Brand\";v=\"24\", \"Microsoft Edge\";v=\"138\"");
        headers.put("sec-ch-ua-mobile", "?0");
        headers.put("sec-ch-ua-platform", "\"macOS\"");
        headers.put("accept-language", "fr-CH, fr;q=0.9, *;q=0.5");

        ClientMetadata client = read("{}");

        assertThat(client.agent()).isEqualTo(new ClientMetadata.Agent("Edge", "138", "macOS", null, "desktop"));
        assertThat(client.language()).isEqualTo("fr-CH");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0 | Firefox | Linux | desktop
            Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1 | Safari | iOS | mobile
            Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1 | Safari | iOS | tablet
            Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15 | Safari | macOS | desktop
            Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | Googlebot | | bot
            """)
    void userAgentIsReadInTheBackground(String userAgent, String browser, String os, String device) {
        headers.put("user-agent", userAgent);
        String kept = read("{}").toJson();

        ClientRow row = clients.row(kept);

        assertThat(row.browser()).isEqualTo(browser);
        assertThat(row.os()).isEqualTo(os);
        assertThat(row.device()).isEqualTo(device);
        assertThat(read("{}").agent().browser()).isEqualTo(browser);
    }

    @Test
    void proxyThatKnowsThePlaceIsBelieved() {
        headers.put("cf-ipcountry", "ch");
        headers.put("cf-ipcity", "ZÃ¼rich");

        assertThat(read("{\"timeZone\":\"America/New_York\"}").place())
                .isEqualTo(new ClientMetadata.Place("Switzerland", "CH", null, "Zürich"));
    }

    @ParameterizedTest
    @CsvSource({"Europe/Berlin,DE", "US/Eastern,US", "Asia/Calcutta,IN", "Europe/Kiev,UA", "Etc/UTC,", "Nowhere/Land,"})
    void countryIsToldByTimeZone(String timeZone, String country) {
        headers.put("cf-ipcountry", "XX");

        assertThat(read("{\"timeZone\":\"" + timeZone + "\"}").place().countryCode())
                .isEqualTo(country);
    }

    @Test
    void locationDatabaseThatCannotBeReadIsDoneWithout() {
        try (Clients without = Clients.open("/no/such/file.mmdb", AddressRule.of(AddressRule.Kept.FULL))) {
            ClientMetadata client = without.read("{\"timeZone\":\"Europe/Paris\"}", headers::get, "192.0.2.7");

            assertThat(client.place().country()).isEqualTo("France");
        }
    }

    @Test
    void keepsWhatItKnowsAsJson() {
        headers.put("user-agent", CHROME);
        ClientMetadata client = read(
                "{\"url\":\"https://shop.example/\",\"languages\":[\"de\"],\"screen\":{\"width\":1,\"height\":2}}");

        assertThat(ClientMetadata.fromJson(client.toJson())).isEqualTo(client);
        assertThat(clients.row(null).browser()).isNull();
    }

    @Test
    void membersOfWrongTypesAreLeftOut() {
        ClientMetadata client = read(
                "{\"url\":5,\"title\":{},\"languages\":[1,null,\"de\"],\"screen\":\"big\",\"viewport\":{\"width\":1e99,\"height\":-5},"
                        + "\"userAgentData\":{\"brands\":[7,{\"brand\":null}],\"mobile\":\"no\",\"platform\":[]}}");

        assertThat(client.url()).isNull();
        assertThat(client.languages()).containsExactly("de");
        assertThat(client.viewport()).isEqualTo(new ClientMetadata.Size(1_000_000, 0, null));
    }

    @Test
    void textsAreMadeFitForEveryStore() {
        ClientMetadata client = read("{\"title\":\"a\\u0000b\\n\\ud800c\",\"url\":\"" + "x".repeat(5_000) + "\"}");

        assertThat(client.title()).isEqualTo("ab \uFFFDc");
        assertThat(client.url()).hasSize(2_048).endsWith("…");
    }

    @Test
    void metaThatIsNoObjectIsTold() {
        assertThatThrownBy(() -> read("[]")).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200)
    void anyHeaderIsAnsweredWithoutAnError(@ForAll String text) {
        try (Clients any = Clients.open("", AddressRule.of(AddressRule.Kept.FULL))) {
            ClientMetadata client = any.read(null, name -> name.equals("user-agent") ? null : text, text);

            assertThat(ClientMetadata.fromJson(client.toJson())).isEqualTo(client);
        }
    }

    private ClientMetadata read(String meta) {
        return clients.read(meta, headers::get, "192.0.2.7");
    }
}

package io.mimic.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.project.Origins;
import io.mimic.project.Project;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginRuleTest {
    private static final Project PROJECT = new Project("id", "name");

    private final OriginRule rule =
            new OriginRule(Origins.of(Set.of("https://static.example/")), "https://shop.example/app");

    @ParameterizedTest(name = "{0}, origin {1}, host {2}, forwarded {3}: {4}")
    @CsvSource(
            nullValues = "-",
            value = {
                "same-origin, https://any.example, host, -, own",
                "same-origin, null, host, -, own",
                "none, -, host, -, own",
                "cross-site, https://static.example, host, -, cross",
                "same-site, https://static.example:443, host, -, cross",
                "cross-site, https://evil.example, evil.example, -, refused",
                "cross-site, -, host, -, refused",
                "cross-site, null, host, -, refused",
                "same-site, https://shop.example, host, -, refused",
                "-, -, host, -, own",
                "-, http://host:8080, host:8080, -, own",
                "-, http://HOST, host:80, -, own",
                "-, https://host, host:443, -, own",
                "-, http://host, host:8080, -, refused",
                "-, https://front.example, back:8080, 'front.example, other', own",
                "-, https://shop.example, back:8080, -, own",
                "-, https://static.example, host, -, cross",
                "-, https://static.example.evil, host, -, refused",
                "-, null, host, -, refused",
                "-, http://host.evil, host, -, refused"
            })
    void decides(String site, String origin, String host, String forwarded, String decision) {
        Map<String, String> headers = new HashMap<>();
        headers.put("sec-fetch-site", site);
        headers.put("origin", origin);
        headers.put("host", host);
        headers.put("x-forwarded-host", forwarded);

        assertThat(decide(headers)).isEqualTo(decision);
    }

    @Test
    void noOriginIsAllowedUnlessConfigured() {
        assertThat(new OriginRule(Origins.NONE, "").isConfigured("https://static.example"))
                .isFalse();
        assertThat(rule.isConfigured("https://static.example")).isTrue();
    }

    @Test
    void originsOfAProjectCountForItAlone() {
        Project site = new Project("site", "site", Origins.of(Set.of("https://site.example")));
        Map<String, String> fromSite =
                Map.of("sec-fetch-site", "cross-site", "origin", "https://site.example", "host", "host");
        Map<String, String> fromStatic =
                Map.of("sec-fetch-site", "cross-site", "origin", "https://static.example", "host", "host");

        assertThat(decide(fromSite, site)).isEqualTo("cross");
        assertThat(decide(fromStatic, site)).isEqualTo("refused");
        assertThat(decide(fromSite, PROJECT)).isEqualTo("refused");
        assertThat(decide(fromStatic, PROJECT)).isEqualTo("cross");
        assertThat(decide(Map.of("sec-fetch-site", "same-origin"), site)).isEqualTo("own");
    }

    private String decide(Map<String, String> headers) {
        return decide(headers, PROJECT);
    }

    private String decide(Map<String, String> headers, Project project) {
        IngestRequest request =
                new IngestRequest(InputStream.nullInputStream(), null, null, "", headers::get, name -> null);
        try {
            String foreign = rule.foreign(request);
            rule.check(project, foreign);
            return foreign == null ? "own" : "cross";
        } catch (Refusal e) {
            assertThat(e.answer().status()).isEqualTo(403);
            return "refused";
        }
    }
}

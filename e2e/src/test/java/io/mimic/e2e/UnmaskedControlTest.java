package io.mimic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same visit with masking and the server's scrubbing switched off: each secret that is looked for in vain elsewhere is found here, in
 * requests and in the archive, so the search is known to work.
 */
class UnmaskedControlTest {
    @TempDir
    Path data;

    @Test
    void withoutMaskingTheSecretIsFoundInRequestsAndInTheArchive() {
        Map<String, String> open = Map.of("MIMIC_PRIVACY", "none", "MIMIC_PRIVACY_SCRUB", "none");
        try (Demo demo = Demo.start(data, open);
                Visitor visitor = new Visitor();
                Dashboard dashboard = new Dashboard(demo.dashboard)) {
            // a search field is no secret by its name, as the one for a card number is whatever the setting
            visitor.page.navigate(demo.shop);
            visitor.page.waitForFunction("() => window.mimic?.status().accepted > 0");
            for (String secret : ShopJourney.SECRETS) {
                visitor.page.getByTestId("search-input").fill(secret);
            }
            for (String secret : ShopJourney.SECRETS) {
                SecretSearch search = new SecretSearch(secret);
                visitor.page.waitForCondition(() -> visitor.batches().stream().anyMatch(search::foundIn));
            }
            new ShopJourney(visitor.page, demo.shop).walk();
            dashboard.login(demo.project, demo.password);
            dashboard.awaitEndedSession();
            for (String secret : ShopJourney.SECRETS) {
                SecretSearch search = new SecretSearch(secret);
                assertThat(visitor.batches()).as(secret).anyMatch(search::foundIn);
                assertThat(search.foundBelow(data)).as(secret).isNotEmpty();
            }
        }
    }
}

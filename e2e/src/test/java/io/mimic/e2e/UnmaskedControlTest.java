package io.mimic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same visit with masking switched off: what is looked for in vain elsewhere is found here, so the search is known to work. */
class UnmaskedControlTest {
    @TempDir
    Path data;

    @Test
    void withoutMaskingTheSecretIsFoundInRequestsAndInTheArchive() {
        try (Demo demo = Demo.start(data, Map.of("MIMIC_PRIVACY", "none"));
                Visitor visitor = new Visitor();
                Dashboard dashboard = new Dashboard(demo.dashboard)) {
            new ShopJourney(visitor.page, demo.shop).walk();
            dashboard.login(demo.project, demo.password);
            dashboard.awaitEndedSession();
            SecretSearch search = new SecretSearch(ShopJourney.STREET);
            assertThat(visitor.batches()).anyMatch(search::foundIn);
            assertThat(search.foundBelow(data)).isNotEmpty();
        }
    }
}

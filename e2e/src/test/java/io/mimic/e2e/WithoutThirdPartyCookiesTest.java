package io.mimic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector behind https on another site: the cookie keeps the session where the browser lets it, and the token where not. */
class WithoutThirdPartyCookiesTest {
    private static final String PASSWORD = "boots-and-2-poles";
    private static final String STORE_PASSWORD = "changeit";

    @TempDir
    Path folder;

    private Collector collector;
    private StaticSite site;

    @BeforeEach
    void start() throws Exception {
        Path store = folder.resolve("localhost.p12");
        makeCertificate(store);
        collector = Collector.start(
                folder.resolve("data"),
                "https",
                "--server.ssl.key-store=" + store,
                "--server.ssl.key-store-password=" + STORE_PASSWORD);
        site = new StaticSite(folder.resolve("site"));
        new Maven(
                        site.folder,
                        "-Djavax.net.ssl.trustStore=" + store,
                        "-Djavax.net.ssl.trustStorePassword=" + STORE_PASSWORD)
                .goal(
                        "instrument",
                        "-Dmimic.collector=" + collector.dashboard,
                        "-Dmimic.project=walks",
                        "-Dmimic.password=" + PASSWORD,
                        "-Dmimic.registrationToken=" + Collector.TOKEN,
                        "-Dmimic.origins=" + site.origin());
    }

    @AfterEach
    void stop() {
        site.close();
        collector.close();
    }

    @Test
    void pagesOfOneVisitAreOneSessionWithThemAndWithout() {
        try (Visitor visitor = Visitor.withThirdPartyCookies(folder.resolve("open"), true)) {
            List<String> cookies = CrossSiteVisit.twoPages(visitor, site, "lake", "Round the lake");
            assertThat(cookies).as("the control: a browser that sends them").isNotEmpty();
        }
        String first;
        try (Dashboard dashboard = new Dashboard(collector.dashboard)) {
            dashboard.login("walks", PASSWORD);
            first = CrossSiteVisit.onlySession(dashboard, "Round the lake");
            try (Visitor visitor = Visitor.withThirdPartyCookies(folder.resolve("closed"), false)) {
                assertThat(CrossSiteVisit.twoPages(visitor, site, "ridge", "Over the ridge"))
                        .isEmpty();
            }
            assertThat(dashboard.awaitEndedSessions(2))
                    .allSatisfy(session -> assertThat(session.get("pages")).isEqualTo(2))
                    .extracting(session -> session.get("id"))
                    .doesNotHaveDuplicates()
                    .contains(first);
        }
    }

    private static void makeCertificate(Path store) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        STORE_PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
    }
}

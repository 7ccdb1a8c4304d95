package io.mimic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain files of another site, over plain http: registered by the plugin, each site into a project of its own. */
class StaticSiteTest {
    private static final String WALKS_PASSWORD = "boots-and-2-poles";
    private static final String GARDEN_PASSWORD = "spade-and-4-beds";

    @TempDir
    Path folder;

    @Test
    void sitesRecordIntoTheirProjectsAndNoOther() throws IOException {
        try (Collector collector = Collector.start(folder.resolve("data"), "http");
                StaticSite walks = new StaticSite(folder.resolve("walks"));
                StaticSite garden = new StaticSite(folder.resolve("garden"))) {
            Map<String, byte[]> before = walks.files();
            String printed = registerWithEncryptedPassword(walks, collector);
            String id = projectId(walks);
            assertThat(printed)
                    .contains("The project walks is registered")
                    .doesNotContain(WALKS_PASSWORD, Collector.TOKEN);
            assertThat(walks.files().values())
                    .noneMatch(file -> new String(file, StandardCharsets.ISO_8859_1).contains(WALKS_PASSWORD));
            new Maven(garden.folder)
                    .goal(
                            "instrument",
                            "-Dmimic.collector=" + collector.dashboard,
                            "-Dmimic.project=garden",
                            "-Dmimic.password=" + GARDEN_PASSWORD,
                            "-Dmimic.registrationToken=" + Collector.TOKEN,
                            "-Dmimic.origins=" + garden.origin());

            assertThat(collector.ingest(id, garden.origin())).isEqualTo(403);
            assertThat(collector.ingest(projectId(garden), walks.origin())).isEqualTo(403);
            assertThat(collector.ingest(id, "https://evil.example")).isEqualTo(403);

            String walker = visit(walks, collector, "walks", WALKS_PASSWORD, "lake", "Round the lake");
            String gardener = visit(garden, collector, "garden", GARDEN_PASSWORD, "ridge", "Over the ridge");
            assertThat(walker).isNotEqualTo(gardener);

            pageWithTwoTagsOfItsOwnRecords(collector);

            new Maven(walks.folder).goal("uninstrument");
            Map<String, byte[]> after = walks.files();
            assertThat(after.remove("mimic.properties")).isNotNull();
            assertThat(after).containsExactlyInAnyOrderEntriesOf(before);
        }
    }

    /** As docs/instrumenting.md shows it for Django, Rails and Express. */
    private void pageWithTwoTagsOfItsOwnRecords(Collector collector) throws IOException {
        try (StaticSite site = new StaticSite(folder.resolve("hand"));
                Visitor visitor = new Visitor();
                Dashboard dashboard = new Dashboard(collector.dashboard)) {
            String id = collector.register("hand", WALKS_PASSWORD, site.origin());
            Files.writeString(
                    site.folder.resolve("mimic.js"),
                    "window.mimicSettings = { project: \"" + id + "\", endpoint: \"" + collector.dashboard
                            + "/ingest\", crossOrigin: true };");
            Path page = site.folder.resolve("index.html");
            Files.writeString(
                    page,
                    Files.readString(page)
                            .replace(
                                    "<head>",
                                    "<head><script src=\"/mimic.js\" defer></script><script src=\""
                                            + collector.dashboard + "/recorder.js\" data-mimic-project=\"" + id
                                            + "\" defer></script>"));

            CrossSiteVisit.onePage(visitor, site);

            dashboard.login("hand", WALKS_PASSWORD);
            assertThat(dashboard.awaitEndedSession().get("pages")).isEqualTo(1);
        }
    }

    private String registerWithEncryptedPassword(StaticSite site, Collector collector) throws IOException {
        Path security = folder.resolve("settings-security.xml");
        Maven maven = new Maven(site.folder, "-Dsettings.security=" + security);
        String master = maven.encrypted("--encrypt-master-password", "of the keys");
        Files.writeString(security, "<settingsSecurity><master>" + master + "</master></settingsSecurity>");
        Path settings = Files.writeString(
                folder.resolve("settings.xml"),
                "<settings><servers><server><id>mimic</id><username>walks</username><password>"
                        + maven.encrypted("--encrypt-password", WALKS_PASSWORD) + "</password><passphrase>"
                        + maven.encrypted("--encrypt-password", Collector.TOKEN)
                        + "</passphrase></server></servers></settings>");
        return maven.goal(
                "instrument",
                "-X",
                "-s",
                settings.toString(),
                "-Dmimic.collector=" + collector.dashboard,
                "-Dmimic.origins=" + site.origin());
    }

    private static String projectId(StaticSite site) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(site.folder.resolve("mimic.properties"))) {
            properties.load(in);
        }
        return properties.getProperty("mimic.project.id");
    }

    /** Two pages of one visit are one session, and it is the only one in its project. */
    private static String visit(
            StaticSite site, Collector collector, String project, String password, String walk, String heading) {
        try (Visitor visitor = new Visitor();
                Dashboard dashboard = new Dashboard(collector.dashboard)) {
            List<String> cookies = CrossSiteVisit.twoPages(visitor, site, walk, heading);
            assertThat(cookies)
                    .as("plain http: no cookie travels to another site")
                    .isEmpty();
            dashboard.login(project, password);
            return CrossSiteVisit.onlySession(dashboard, heading);
        }
    }
}

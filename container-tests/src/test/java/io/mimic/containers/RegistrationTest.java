package io.mimic.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the filter comes into a webapp, and where its settings come from. */
@Tag("slow")
class RegistrationTest {
    private static final String EXPLICIT = """
            <filter>
              <filter-name>mine</filter-name>
              <filter-class>io.mimic.servlet.MimicFilter</filter-class>
              <async-supported>true</async-supported>
              <init-param><param-name>mimic.project.name</param-name><param-value>by init-param</param-value></init-param>
            </filter>
            """;
    private static final String MAPPED = """
            <filter-mapping>
              <filter-name>mine</filter-name>
              <url-pattern>/*</url-pattern>
              <dispatcher>REQUEST</dispatcher>
              <dispatcher>ASYNC</dispatcher>
              <dispatcher>ERROR</dispatcher>
              <dispatcher>FORWARD</dispatcher>
            </filter-mapping>
            """;

    private static final String LOGIN = """
            <filter><filter-name>login</filter-name><filter-class>io.mimic.containers.host.LoginFilter</filter-class></filter>
            <filter-mapping><filter-name>login</filter-name><url-pattern>/*</url-pattern></filter-mapping>
            """;

    private static final String FORM_LOGIN = """
            <login-config>
              <auth-method>FORM</auth-method>
              <realm-name>host</realm-name>
              <form-login-config>
                <form-login-page>/login.html</form-login-page>
                <form-error-page>/login.html</form-error-page>
              </form-login-config>
            </login-config>
            <security-role><role-name>support</role-name></security-role>
            """;
    private static final String ON_THE_DASHBOARDS_PAGES = """
            <security-constraint>
              <web-resource-collection>
                <web-resource-name>dashboard</web-resource-name>
                <url-pattern>/mimic/</url-pattern>
                <url-pattern>/mimic/settings</url-pattern>
                <url-pattern>/mimic/sessions/*</url-pattern>
              </web-resource-collection>
              <auth-constraint><role-name>support</role-name></auth-constraint>
            </security-constraint>
            """;

    @TempDir
    static Path work;

    private static Container container;
    private Container.Deployment deployed;

    @BeforeAll
    static void start() throws Exception {
        container = Container.start(work);
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    @AfterEach
    void undeploy() throws Exception {
        if (deployed != null) {
            deployed.undeploy();
        }
    }

    @Test
    void registersItselfAheadOfTheFiltersInWebXml() throws Exception {
        Client host = deploy(new HostWebapp(work.resolve("itself")));

        assertAheadOfTheHostsFilters(host);
    }

    @Test
    void registersItselfWhenTheDescriptorIsMetadataComplete() throws Exception {
        Client host = deploy(new HostWebapp(work.resolve("complete")).metadataComplete());

        assertAheadOfTheHostsFilters(host);
    }

    @Test
    void mappingInWebXmlIsTheOtherWay() throws Exception {
        try (Lines lines = new Lines()) {
            Client host = deploy(new HostWebapp(work.resolve("explicit")).xml(EXPLICIT + MAPPED));

            assertAheadOfTheHostsFilters(host);
            assertThat(login(host, "by init-param")).isEqualTo(204);
            assertThat(lines.about("registered twice")).isEmpty();
        }
    }

    @Test
    void mappingOfTheDocumentationInAMetadataCompleteWebapp() throws Exception {
        String page = Files.readString(Path.of("../docs/hosting.md"));
        String documented = page.substring(page.indexOf("```xml") + 6, page.indexOf("</filter-mapping>") + 17);

        assertAheadOfTheHostsFilters(deploy(new HostWebapp(work.resolve("explicit-complete"))
                .metadataComplete()
                .xml(documented)));
    }

    @Test
    void twoRegistrationsRunOneAndSaySoOnce() throws Exception {
        String second = EXPLICIT.replace("mine", "second").replace("by init-param", "second");
        try (Lines lines = new Lines()) {
            Client host = deploy(new HostWebapp(work.resolve("twice"))
                    .xml(EXPLICIT + second + MAPPED + MAPPED.replace("mine", "second")));

            assertAheadOfTheHostsFilters(host);
            host.assertInjected("/control/forward");
            host.assertInjected("/async/dispatch");
            assertThat(lines.about("registered twice")).hasSize(1);
        }
    }

    @Test
    void disabledDoesNothing() throws Exception {
        deployed = container.deploy(
                "/host", quick("disabled").parameter("mimic.enabled", "false").build());
        Client host = Client.of(container, "/host");

        host.assertUntouched("/body/writer");
        assertThat(host.fetch("/mimic/api/health").status()).isEqualTo(404);
    }

    @Test
    void injectAlwaysNeverAndPaths() throws Exception {
        Client always = deploy(quick("always").parameter("mimic.inject", "always"));
        assertThat(always.fetch("/body/fragment").text()).contains("recorder.js");
        undeploy();

        Client never = deploy(quick("never").parameter("mimic.inject", "never"));
        never.assertUntouched("/body/writer");
        undeploy();

        Client some = deploy(quick("some")
                .parameter("mimic.inject.include", "/body/**, /*.html")
                .parameter("mimic.inject.exclude", "/body/large-*"));
        some.assertInjected("/body/writer");
        some.assertInjected("/file.html");
        some.assertUntouched("/body/large-writer");
        some.assertUntouched("/templates/thymeleaf");
    }

    /** The environment, which a process cannot write, is in the pom: MIMIC_FLUSH_INTERVAL, MIMIC_IDLE_TIMEOUT. */
    @Test
    void systemPropertyOverEnvironmentOverInitParameterOverContextParameterOverFile() throws Exception {
        String init = """
                <init-param><param-name>mimic.idle-timeout</param-name><param-value>8m</param-value></init-param>
                <init-param><param-name>mimic.flush-interval</param-name><param-value>2s</param-value></init-param>
                </filter>
                """;
        String file = """
                mimic.project.name=by file
                mimic.path=/by-file
                mimic.idle-timeout=10m
                mimic.flush-interval=1s
                mimic.privacy=strict
                """;
        HostWebapp webapp = quick("sources")
                .parameter("mimic.path", "/by-context")
                .parameter("mimic.project.name", "by context")
                .parameter("mimic.idle-timeout", "9m")
                .xml(EXPLICIT.replace("</filter>", init) + MAPPED);
        System.setProperty("mimic.flush-interval", "3s");
        try {
            Path folder = webapp.build();
            Files.writeString(folder.resolve("WEB-INF/classes/mimic.properties"), file);
            deployed = container.deploy("/host", folder);
            // a container may start a filter as late as at the first request
            Client.of(container, "/host").awaitRecording("/by-context");
        } finally {
            System.clearProperty("mimic.flush-interval");
        }
        Client host = Client.of(container, "/host");

        assertThat(host.navigate("/body/writer").text())
                .contains(
                        "/host/by-context/recorder.js",
                        "&quot;flushInterval&quot;:3000", // 4s in the environment
                        "&quot;idleTimeout&quot;:420000", // 7m in the environment
                        "&quot;privacy&quot;:&quot;strict&quot;");
        assertThat(login(host, "/by-context", "by init-param")).isEqualTo(204);
    }

    @Test
    void fileAloneIsEnough() throws Exception {
        HostWebapp webapp =
                quick("file").withoutParameter("mimic.project.id").withoutParameter("mimic.project.password");
        Path folder = webapp.build();
        Files.writeString(
                folder.resolve("WEB-INF/classes/mimic.properties"),
                "mimic.project.id=fromthefile\nmimic.project.password=correct horse battery\n");
        deployed = container.deploy("/host", folder);
        Client host = Client.of(container, "/host");
        host.awaitRecording();

        assertThat(host.navigate("/body/writer").text()).contains("data-mimic-project=\"fromthefile\"");
    }

    @Test
    void dashboardIsAnsweredBehindTheLoginFilterOfTheWebapp() throws Exception {
        Client host = deploy(quick("login")
                .parameter("mimic.dashboard.auth", "host")
                .parameter("mimic.dashboard.role", "support")
                .xml(LOGIN));

        assertAheadOfTheHostsFilters(host);
        Client.Answer viewer = as(host, "anna support", "/mimic/api/me");
        assertThat(viewer.text()).contains("\"role\":\"viewer\"", "\"name\":\"anna\"");
        assertThat(viewer.header("X-Host-Filter")).hasValue("passed");
        assertThat(as(host, "root MIMIC_ADMIN", "/mimic/api/me").text()).contains("\"role\":\"admin\"");
        assertThat(as(host, "carl clerk", "/mimic/api/me").status()).isEqualTo(403);
        assertThat(as(host, "", "/mimic/api/me").status()).isEqualTo(401);
        assertThat(login(host, "default")).as("of a password").isEqualTo(409);
        Client.Answer player = host.fetch("/mimic/player");
        assertThat(player.status()).isEqualTo(200);
        assertThat(player.header("X-Host-Filter")).isEmpty();
    }

    @Test
    void dashboardIsOpenedThroughTheFormLoginOfTheContainer() throws Exception {
        Client host = deploy(quick("form")
                .parameter("mimic.dashboard.auth", "host")
                .parameter("mimic.dashboard.role", "support")
                .xml(FORM_LOGIN + (container.asksWithoutConstraint() ? "" : ON_THE_DASHBOARDS_PAGES)));
        Client browser = host.withCookies();

        assertThat(browser.fetch("/mimic/api/me").status()).isEqualTo(401);
        Client.Answer asked = browser.navigate("/mimic/sessions/abc?t=55");
        assertThat(asked.text() + asked.header("Location").orElse("")).containsAnyOf("j_security_check", "login.html");
        assertThat(logIn(browser, "wrong").header("Location").orElse("")).doesNotContain("/mimic/");
        assertThat(browser.fetch("/mimic/api/me").status()).isEqualTo(401);

        Client.Answer landed = logIn(browser, "kettle");
        assertThat(landed.status()).isIn(302, 303);
        assertThat(landed.header("Location").orElseThrow()).endsWith("/host/mimic/sessions/abc?t=55");
        assertThat(browser.fetch("/mimic/api/me").text()).contains("\"role\":\"viewer\"", "\"name\":\"anna\"");
        Client.Answer dashboard = browser.navigate("/mimic/sessions/abc?t=55");
        assertThat(dashboard.status()).isEqualTo(200);
        assertThat(dashboard.header("Content-Security-Policy").orElse("")).startsWith("default-src 'none'");
        assertThat(host.postBatch(HostWebapp.PROJECT, 0).status()).isEqualTo(202);
    }

    private static Client.Answer logIn(Client browser, String password) throws Exception {
        return browser.send(browser.request("/j_security_check")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("j_username=anna&j_password=" + password)));
    }

    private static Client.Answer as(Client host, String user, String path) throws Exception {
        return host.send(host.request(path).header("X-Login", user).header("Accept", "application/json"));
    }

    /** Without the container's search of every class for annotations, which takes most of a start. */
    private static HostWebapp quick(String name) {
        return new HostWebapp(work.resolve(name)).metadataComplete();
    }

    private Client deploy(HostWebapp webapp) throws Exception {
        deployed = container.deploy("/host", webapp.build());
        Client host = Client.of(container, "/host");
        host.awaitRecording();
        return host;
    }

    private static void assertAheadOfTheHostsFilters(Client host) throws Exception {
        host.assertInjected("/body/writer");
        assertThat(host.fetch("/body/writer").header("X-Host-Filter")).hasValue("passed");
        Client.Answer batch = host.postBatch(HostWebapp.PROJECT, 0);
        assertThat(batch.status()).as(batch.text()).isEqualTo(202);
        assertThat(batch.header("X-Host-Filter")).isEmpty();
    }

    private static int login(Client host, String project) throws Exception {
        return login(host, "/mimic", project);
    }

    private static int login(Client host, String mount, String project) throws Exception {
        String body = "{\"project\":\"" + project + "\",\"password\":\"correct horse battery\"}";
        return host.send(host.request(mount + "/api/login")
                        .header("Content-Type", "application/json")
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)))
                .status();
    }

    /** What MIMIC's filter logs. */
    private static final class Lines extends Handler implements AutoCloseable {
        private static final Logger LOGGER = Logger.getLogger("io.mimic.servlet.MimicFilter");

        private final List<String> lines = new CopyOnWriteArrayList<>();

        Lines() {
            LOGGER.addHandler(this);
        }

        List<String> about(String text) {
            return lines.stream().filter(line -> line.contains(text)).toList();
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            LOGGER.removeHandler(this);
        }
    }
}

package io.mimic.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A WAR that Spring's own initializer puts behind Spring Security, with CSRF protection on: that initializer wants to be in front of every
 * filter, as MIMIC's does.
 */
@Tag("slow")
class SpringSecurityTest {
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
        deployed.undeploy();
    }

    @ParameterizedTest(name = "metadata-complete {0}")
    @ValueSource(booleans = {false, true})
    void batchesAreTakenAndTheHostsFormsStayProtected(boolean metadataComplete) throws Exception {
        HostWebapp webapp = new HostWebapp(work.resolve("host-" + metadataComplete)).secured();
        deployed = container.deploy("/host", (metadataComplete ? webapp.metadataComplete() : webapp).build());
        Client host = Client.of(container, "/host");
        host.awaitRecording();

        host.assertInjected("/body/writer");
        assertThat(host.fetch("/body/writer").header("X-Content-Type-Options"))
                .as("a header of Spring Security")
                .hasValue("nosniff");
        Client.Answer batch = host.postBatch(HostWebapp.PROJECT, 0);
        assertThat(batch.status()).as(batch.text()).isEqualTo(202);
        assertThat(host.fetch("/mimic/recorder.js").status()).isEqualTo(200);
        assertThat(host.fetch("/mimic/api/sessions").status()).isEqualTo(401);

        assertThat(host.navigate("/templates/thymeleaf").status()).isEqualTo(302);
        Client.Answer login = host.navigate("/login");
        assertThat(login.text()).containsOnlyOnce("recorder.js");
        String cookie = cookies(login);
        String token = login.text().replaceAll("(?s).*name=\"_csrf\"[^>]*value=\"([^\"]+)\".*", "$1");
        assertThat(host.send(post(host, "name=a", cookie)).status()).isEqualTo(403);
        assertThat(host.send(post(host, "name=a&_csrf=" + token, cookie)).text())
                .isEqualTo("a|POST");
    }

    /** The webapp's own token filter is not what is asked here. */
    private static HttpRequest.Builder post(Client host, String form, String cookie) {
        return host.request("/control/echo")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Token", "t")
                .header("Cookie", cookie)
                .POST(BodyPublishers.ofString(form));
    }

    private static String cookies(Client.Answer answer) {
        List<String> set = answer.response().headers().allValues("Set-Cookie");
        return set.stream().map(one -> one.split(";", 2)[0]).collect(Collectors.joining("; "));
    }
}

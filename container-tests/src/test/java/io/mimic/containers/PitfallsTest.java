package io.mimic.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What has gone wrong in libraries of this kind that live in someone's webapp, one case each. Injection has its own class, redeploys
 * ({@link RedeployTest}), registration ({@link RegistrationTest}) and Spring Security ({@link SpringSecurityTest}) too; what only a Spring Boot
 * host can meet is in e2e's BootHostTest, and two nodes that archive one session are in core. CONTRIBUTING.md lists all.
 */
class PitfallsTest extends HostedCases {
    @Test
    void hostsFilterAgainstCrossSiteRequestsDoesNotRefuseBatches() throws Exception {
        assertThat(host.send(post("/control/echo", "name=a")).status()).isEqualTo(403);

        assertThat(host.postBatch(HostWebapp.PROJECT, 0).status()).isEqualTo(202);
    }

    @Test
    void whatTheHostRefusesStaysRefused() throws Exception {
        assertThat(host.navigate("/private/page").status()).isEqualTo(403);
        assertThat(host.navigate("/private/../mimic/../private/page").status()).isNotEqualTo(200);
    }

    @Test
    void dashboardIsClosedWithoutItsLogin() throws Exception {
        assertThat(host.fetch("/mimic/api/sessions").status()).isEqualTo(401);
    }

    @Test
    void asynchronousRequestsPassAtTheSameTime() throws Exception {
        CompletableFuture<?>[] many = new CompletableFuture<?>[20];
        for (int i = 0; i < many.length; i++) {
            String path = i % 2 == 0 ? "/async/complete" : "/async/dispatch";
            many[i] = CompletableFuture.runAsync(() -> {
                try {
                    assertThat(host.navigate(path).text()).containsOnlyOnce("recorder.js");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        CompletableFuture.allOf(many).join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/control/failing", "/control/error-after-part", "/no-such-thing", "/control/forward"})
    void errorAndForwardDispatchesPutInOneTag(String path) throws Exception {
        assertThat(host.navigate(path).text()).containsOnlyOnce("recorder.js");
    }

    @Test
    void bodyOfTheHostsRequestIsTheHosts() throws Exception {
        String form = "name=Gr%C3%BC%C3%9Fe";
        assertThat(host.send(post("/control/raw-echo", form).header("X-Token", "t"))
                        .text())
                .isEqualTo(form);
        assertThat(host.send(post("/control/echo", "name=plain").header("X-Token", "t"))
                        .text())
                .isEqualTo("plain|POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/body/writer",
                "/file.html",
                "/mimic/",
                "/mimic/recorder.js",
                "/mimic/api/health",
                "/mimic/login"
            })
    void noHttpSessionIsMade(String path) throws Exception {
        assertThat(host.navigate(path).response().headers().allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.contains("JSESSIONID"));
    }

    @Test
    void addressesAndCookieFollowTheContextPath() throws Exception {
        assertThat(host.navigate("/body/writer").text()).contains("<script src=\"/host/mimic/recorder.js?v=");
        assertThat(host.navigate("/mimic").header("Location").orElseThrow()).endsWith("/host/mimic/");
        assertThat(host.postBatch(HostWebapp.PROJECT, 1).header("Set-Cookie").orElseThrow())
                .contains("; Path=/host;");
    }

    @Test
    void forwardedPrefixOfAnyoneElseDoesNotCount() throws Exception {
        assertThat(host.send(host.request("/body/writer")
                                .header("Sec-Fetch-Dest", "document")
                                .header("X-Forwarded-Prefix", "/evil")
                                .header("X-Forwarded-Host", "evil.example"))
                        .text())
                .contains("src=\"/host/mimic/recorder.js")
                .doesNotContain("evil");
    }

    @Test
    void forwardedPrefixOfATrustedProxyReplacesTheContextPath() throws Exception {
        container.deploy(
                "/behind",
                quick("behind")
                        .parameter("mimic.trusted-proxies", "127.0.0.0/8, ::1")
                        .build());
        Client behind = Client.of(container, "/behind");
        behind.awaitRecording();

        assertThat(behind.send(behind.request("/body/writer")
                                .header("Sec-Fetch-Dest", "document")
                                .header("X-Forwarded-Prefix", "/shop"))
                        .text())
                .contains("src=\"/shop/mimic/recorder.js");
    }

    @Test
    void publicUrlReplacesHostAndContextPath() throws Exception {
        container.deploy(
                "/inside",
                quick("inside")
                        .parameter("mimic.public-url", "https://www.example.org/shop")
                        .build());
        Client inside = Client.of(container, "/inside");
        inside.awaitRecording();

        assertThat(inside.navigate("/body/writer").text()).contains("src=\"/shop/mimic/recorder.js");
        assertThat(inside.postBatch(HostWebapp.PROJECT, 0).header("Set-Cookie").orElseThrow())
                .contains("; Path=/shop;", "; Secure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mimicry.html", "/file.html", "/body/json"})
    void pathsBesideTheMountStayTheHosts(String path) throws Exception {
        Client.Answer answer = host.navigate(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Host-Filter")).hasValue("passed");
        assertThat(host.fetch("/mimic/no-such-file.css").status()).isEqualTo(404);
    }

    @Test
    void pageOfTheHostKeepsItsPolicy() throws Exception {
        assertThat(host.navigate("/control/nonce").response().headers().allValues("Content-Security-Policy"))
                .containsExactly("script-src 'nonce-r4nd0m' 'strict-dynamic'");
    }

    @Test
    void hostServesWhileTheStoresCannotBeOpened() throws Exception {
        Path file = Files.writeString(work.resolve("no-folder"), "a file where the data directory should be");
        container.deploy(
                "/storeless",
                quick("storeless").parameter("mimic.data-dir", file.toString()).build());
        Client storeless = Client.of(container, "/storeless");

        storeless.assertUntouched("/body/writer");
        assertThat(storeless.fetch("/mimic/api/health").status()).isEqualTo(503);
        assertThat(storeless.postBatch(HostWebapp.PROJECT, 0).status()).isEqualTo(503);
    }

    @Test
    void hostServesWhenASettingIsWrong() throws Exception {
        container.deploy(
                "/wrong",
                quick("wrong").parameter("mimic.session.timeout", "soon").build());
        Client wrong = Client.of(container, "/wrong");

        wrong.assertUntouched("/body/writer");
        assertThat(wrong.fetch("/mimic/api/health").text())
                .contains("mimic.session.timeout")
                .doesNotContain("soon");
    }

    /** Without the container's search of every class for annotations, which takes most of a start. */
    private static HostWebapp quick(String name) {
        return new HostWebapp(work.resolve(name)).metadataComplete();
    }

    private HttpRequest.Builder post(String path, String form) {
        return host.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }
}

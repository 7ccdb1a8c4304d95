package io.mimic.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page is the host's and one tag, whatever it is made with and however it is sent. */
class InjectionTest extends HostedCases {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/body/stream",
                "/body/writer",
                "/body/large-stream",
                "/body/large-writer",
                "/body/single-bytes",
                "/body/single-characters",
                "/body/split-tag",
                "/body/upper-case",
                "/body/utf-16",
                "/body/utf-16le",
                "/body/utf-16-writer",
                "/body/closed-writer"
            })
    void bodyInAnyPiecesAndCharset(String path) throws Exception {
        host.assertInjected(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/control/length",
                "/control/length-long",
                "/control/length-header",
                "/control/length-int-header",
                "/control/length-added",
                "/control/length-added-int"
            })
    void contentLengthByAnySetterIsTheNewOne(String path) throws Exception {
        Client.Answer page = host.assertInjected(path);

        assertThat(page.header("Content-Length")).hasValue(String.valueOf(page.raw().length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/control/flush-before", "/control/flush-within", "/control/reset", "/control/reset-buffer"})
    void flushBufferAndReset(String path) throws Exception {
        assertThat(host.assertInjected(path).text()).doesNotContain("dropped");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/body/json",
                "/body/attachment",
                "/body/gzip-at-once",
                "/control/reset-to-json",
                "/control/no-content",
                "/control/not-modified",
                "/control/range",
                "/control/redirect-after-part",
                "/async/json"
            })
    void whatIsNoPageIsUntouched(String path) throws Exception {
        host.assertUntouched(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/control/error-after-part", "/control/failing", "/no-such-thing", "/control/not-found-page"})
    void errorPageGetsTheTag(String path) throws Exception {
        assertThat(host.assertInjected(path).text()).doesNotContain("dropped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/control/forward", "/control/forward-to-file", "/control/include"})
    void forwardAndInclude(String path) throws Exception {
        host.assertInjected(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/async/complete",
                "/async/pieces",
                "/async/dispatch",
                "/async/dispatch-to-file",
                "/async/non-blocking",
                "/async/timeout"
            })
    void asynchronousPages(String path) throws Exception {
        host.assertInjected(path);
    }

    @Test
    void serverSentEventsArriveOneByOne() throws Exception {
        HttpRequest request = host.request("/async/events?id=sse")
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<InputStream> answer = host.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("data: first");
            assertThat(host.fetch("/async/go-on?id=sse").status()).isEqualTo(204);
            lines.readLine();
            assertThat(lines.readLine()).isEqualTo("data: second");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/templates/thymeleaf", "/templates/freemarker"})
    void templateEngines(String path) throws Exception {
        assertThat(host.assertInjected(path).text()).contains("two &amp; three");
    }

    @Tag("jsp")
    @ParameterizedTest
    @ValueSource(strings = {"/page.jsp", "/large.jsp", "/forwarding.jsp"})
    void jsp(String path) throws Exception {
        assertThat(host.assertInjected(path).text()).doesNotContain("dropped").contains("row 2");
    }

    @Test
    void staticFile() throws Exception {
        Client.Answer page = host.assertInjected("/file.html");

        page.header("ETag").ifPresent(tag -> assertThat(tag).startsWith("W/"));
    }

    @Test
    void staticFileThatTheBrowserHasIsNotSentAgain() throws Exception {
        String modified = host.navigate("/file.html").header("Last-Modified").orElseThrow();

        Client.Answer again = host.send(
                host.request("/file.html").header("Sec-Fetch-Dest", "document").header("If-Modified-Since", modified));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.raw()).isEmpty();
    }

    @Test
    void rangeOfAStaticFileIsTheHosts() throws Exception {
        Client.Answer part = host.send(
                host.request("/file.html").header("Sec-Fetch-Dest", "document").header("Range", "bytes=0-19"));

        assertThat(part.text()).doesNotContain("mimic");
        if (part.status() == 206) {
            assertThat(part.text()).isEqualTo("<!doctype html>\n<htm");
            assertThat(part.header("Content-Range").orElseThrow()).startsWith("bytes 0-19/");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/file.html", "/body/writer", "/control/length"})
    void headHasTheHostsHeadersAndNoBody(String path) throws Exception {
        Client.Answer document = host.send(host.request(path)
                .header("Sec-Fetch-Dest", "document")
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
        Client.Answer own = host.send(host.request(path)
                .header("Sec-Fetch-Dest", "empty")
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(document.status()).isEqualTo(200);
        assertThat(document.raw()).isEmpty();
        assertThat(document.header("Content-Length")).isEqualTo(own.header("Content-Length"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/file.html", "/body/large-writer", "/control/length"})
    void gzipByTheContainerComesAfterTheTag(String path) throws Exception {
        Client.Answer page = host.send(
                host.request(path).header("Sec-Fetch-Dest", "document").header("Accept-Encoding", "gzip"));

        assertThat(page.header("Content-Encoding")).hasValue("gzip");
        assertThat(page.text().replaceAll("<script src.*?</script>", ""))
                .isEqualTo(host.fetch(path).text());
        assertThat(page.text()).containsOnlyOnce("/host/mimic/recorder.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/gzip/stream", "/gzip/large-writer"})
    void gzipByTheAppIsUntouched(String path) throws Exception {
        assertThat(host.assertUntouched(path).text()).contains("Grüße").doesNotContain("recorder.js");
    }

    @Test
    void strongTagOfAChangedPageBecomesWeak() throws Exception {
        assertThat(host.assertInjected("/control/etag").header("ETag")).hasValue("W/\"v1\"");
        assertThat(host.fetch("/control/etag").header("ETag")).hasValue("\"v1\"");
    }

    @Test
    void nonceOfThePolicyIsPassedThrough() throws Exception {
        assertThat(host.assertInjected("/control/nonce").text()).contains(" nonce=\"r4nd0m\"></script>");
        assertThat(host.assertInjected("/control/late-nonce").text()).contains(" nonce=\"l4te\"></script>");
    }

    @Test
    void instrumentedPageGetsNoSecondTag() throws Exception {
        assertThat(host.assertUntouched("/body/instrumented").text()).containsOnlyOnce("recorder.js");
    }

    @Test
    void fragmentOfANavigationIsAPageAndOfAScriptIsNot() throws Exception {
        host.assertInjected("/body/fragment");
        Client.Answer plain = host.send(host.request("/body/fragment").header("Accept", "*/*"));
        Client.Answer htmx = host.send(
                host.request("/body/writer").header("Accept", "text/html").header("HX-Request", "true"));

        assertThat(plain.text()).isEqualTo("<li>one more row</li>");
        assertThat(htmx.text()).doesNotContain("recorder.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "empty", "script", "style", "object", "embed", "serviceworker"})
    void otherDestinationsAreUntouched(String destination) throws Exception {
        Client.Answer answer = host.send(
                host.request("/body/writer").header("Accept", "text/html").header("Sec-Fetch-Dest", destination));

        assertThat(answer.text()).doesNotContain("recorder.js");
    }

    @Test
    void olderBrowserIsKnownByWhatItAccepts() throws Exception {
        assertThat(host.send(host.request("/body/writer").header("Accept", "text/html,*/*;q=0.8"))
                        .text())
                .containsOnlyOnce("recorder.js");
        assertThat(host.send(host.request("/body/writer").header("Accept", "application/json"))
                        .text())
                .doesNotContain("recorder.js");
    }
}

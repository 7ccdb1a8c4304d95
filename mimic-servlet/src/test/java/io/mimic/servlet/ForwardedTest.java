package io.mimic.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.MimicConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who and where the client is, told by proxies that are trusted and by nobody else. */
class ForwardedTest {
    private static final String PROXY = "10.0.0.1";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9                        | 203.0.113.9",
                "1.2.3.4, 203.0.113.9               | 203.0.113.9",
                "1.2.3.4, 203.0.113.9, 10.0.0.2     | 203.0.113.9",
                "10.0.0.9, 203.0.113.9, 10.0.0.2    | 203.0.113.9",
                "10.0.0.3, 10.0.0.2                 | 10.0.0.3",
                "203.0.113.9:4711                   | 203.0.113.9",
                "[2001:db8::1]:4711                 | 2001:db8::1",
                "2001:db8::1                        | 2001:db8::1",
                "unknown                            | unknown",
            })
    void addressIsWhatTheOutermostTrustedProxySaw(String header, String client) {
        assertThat(read("x-forwarded", PROXY, Map.of("X-Forwarded-For", header)).address())
                .isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=203.0.113.9;proto=https;host=shop.example                     | 203.0.113.9 | https | shop.example",
                "for=1.2.3.4;host=evil.example, for=203.0.113.9;host=shop.example  | 203.0.113.9 | -     | shop.example",
                "for=203.0.113.9;host=\"shop.example:8443\", for=10.0.0.2;host=in  | 203.0.113.9 | -     | shop.example:8443",
                "FOR=\"[2001:db8::1]:4711\";Proto=https                            | 2001:db8::1 | https | -",
                "host=\"evil.example, for=1.2.3.4\", for=203.0.113.9               | 203.0.113.9 | -     | -",
                "for=1.2.3.4;host=evil.example;x=\", for=\"[2001:db8::1]\"          | 2001:db8::1 | -     | -",
                "proto=https;host=shop.example                                     | 10.0.0.1    | https | shop.example",
            })
    void forwardedCountsWhereTheProxiesWriteIt(String header, String client, String scheme, String host) {
        Seen seen = read("forwarded", PROXY, Map.of("Forwarded", header));

        assertThat(seen).isEqualTo(new Seen(client, scheme, host));
    }

    @Test
    void theOtherKindIsTheClientsOwn() {
        Map<String, String> both = Map.of(
                "Forwarded", "for=1.2.3.4;proto=http;host=evil.example",
                "X-Forwarded-For", "203.0.113.9",
                "X-Forwarded-Proto", "https",
                "X-Forwarded-Host", "shop.example");

        assertThat(read("x-forwarded", PROXY, both)).isEqualTo(new Seen("203.0.113.9", "https", "shop.example"));
        assertThat(read("forwarded", PROXY, both)).isEqualTo(new Seen("1.2.3.4", "http", "evil.example"));
        assertThat(read("x-forwarded", PROXY, Map.of("Forwarded", "for=1.2.3.4;host=evil.example")))
                .isEqualTo(new Seen(PROXY, "-", "-"));
    }

    @Test
    void valuesCountThatTheSameProxyAdded() {
        Map<String, String> chain = Map.of(
                "X-Forwarded-For", "1.2.3.4, 203.0.113.9, 10.0.0.2",
                "X-Forwarded-Proto", "ftp, https, http",
                "X-Forwarded-Host", "evil.example, shop.example, inner.example");

        assertThat(read("x-forwarded", PROXY, chain)).isEqualTo(new Seen("203.0.113.9", "https", "shop.example"));
    }

    @Test
    void portOfTheProxyBelongsToTheHost() {
        Map<String, String> headers = Map.of(
                "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Host", "shop.example", "X-Forwarded-Port", "8443");

        assertThat(read("x-forwarded", PROXY, headers).host()).isEqualTo("shop.example:8443");
    }

    @Test
    void nobodyElseIsBelieved() {
        Map<String, String> headers =
                Map.of("X-Forwarded-For", "1.2.3.4", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example");

        assertThat(read("x-forwarded", "203.0.113.9", headers)).isEqualTo(new Seen("203.0.113.9", "-", "-"));
    }

    @Test
    void headersWithoutEndAreReadOnce() {
        for (String piece : List.of("a", "a-", "for=\"", "for=,", ";", "=")) {
            assertThat(read("forwarded", PROXY, Map.of("Forwarded", piece.repeat(200_000)))
                            .host())
                    .as(piece)
                    .isEqualTo("-");
        }
    }

    /** With a dash for what nobody says. */
    private record Seen(String address, String scheme, String host) {}

    private static Seen read(String kind, String sender, Map<String, String> headers) {
        Map<String, String> settings = Map.of("mimic.trusted-proxies", "10.0.0.0/8", "mimic.proxy-headers", kind);
        Forwarded forwarded = new Forwarded(MimicConfig.from(settings::get));
        HttpServletRequest request = request(sender, headers);
        return new Seen(
                forwarded.clientAddress(request), said(forwarded.scheme(request)), said(forwarded.host(request)));
    }

    private static String said(String value) {
        return value == null ? "-" : value;
    }

    private static HttpServletRequest request(String sender, Map<String, String> headers) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        return (HttpServletRequest) Proxy.newProxyInstance(
                ForwardedTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> sender;
                    case "getHeaders" -> {
                        String value = byName.get(arguments[0]);
                        yield Collections.enumeration(value == null ? new ArrayList<>() : List.of(value));
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}

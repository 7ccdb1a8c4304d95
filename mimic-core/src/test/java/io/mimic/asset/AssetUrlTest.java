package io.mimic.asset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetUrlTest {
    private static final String PAGE = "https://shop.example/p/kettle?colour=red";

    @Test
    void absoluteAddressIsKeptAsItWasRecorded() {
        assertThat(AssetUrl.of("https://shop.example/pictures/kettle.png?v=2#top", PAGE))
                .contains(new AssetUrl(
                        "https://shop.example/pictures/kettle.png?v=2",
                        "https://shop.example",
                        "/pictures/kettle.png?v=2"));
    }

    @Test
    void relativeAddressIsResolvedAsABrowserDoes() {
        assertThat(AssetUrl.of("../fonts/a.woff2", "https://shop.example/css/base.css"))
                .map(AssetUrl::text)
                .contains("https://shop.example/fonts/a.woff2");
        assertThat(AssetUrl.of("/a.svg", PAGE)).map(AssetUrl::text).contains("https://shop.example/a.svg");
        assertThat(AssetUrl.of("a.svg", PAGE)).map(AssetUrl::text).contains("https://shop.example/p/a.svg");
    }

    @Test
    void portOfTheSchemeIsTheSameOrigin() {
        assertThat(AssetUrl.of("https://SHOP.example:443/a.png", PAGE))
                .map(AssetUrl::origin)
                .contains("https://shop.example");
        assertThat(AssetUrl.of("https://shop.example:8443/a.png", PAGE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://other.example/a.png",
                "//other.example/a.png",
                "http://shop.example/a.png",
                "https://shop.example@other.example/a.png",
                "https://user:secret@shop.example/a.png",
                "https://shop.example.other.example/a.png",
                "https://shop.example\\@other.example/a.png",
                "https://shop.example/..\\a.png",
                "https://shop.example/a/../../logout/a.png",
                "https://shop.example/logout;a.png",
                "https://shop.example/img/..;/logout/a.png",
                "https://shop.example/logout%3Ba.png",
                "https://shop.example/logout%3fa.png",
                "https://shop.example/img%2F..%2flogout%2fa.png",
                "https://shop.example/%2e%2e/a.png",
                "https://shop.example/logout%00.png",
                "https://shop.example/logout%253Ba.png",
                "https://shop.example/a b.png",
                "https://shop.example/a.png\r\nHost: other.example",
                "https://shop.example/a.png HTTP/1.1",
                "https://shop.example/\u00e4.png",
                "https://shop.example",
                "javascript:alert(1)//a.png",
                "data:image/png;base64,AAAA.png",
                "file:///etc/a.png",
                "ftp://shop.example/a.png",
                "jar:https://shop.example/a.jar!/a.png",
                "",
                "#a.png"
            })
    void nothingElseIsAskedFor(String named) {
        assertThat(AssetUrl.of(named, PAGE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/logout", "/logout?a.png", "/page.html", "/", "/png", "/a.png/delete"})
    void pathsThatTellNothingAreToldApart(String named) {
        assertThat(AssetUrl.of(named, PAGE)).get().returns(false, AssetUrl::isTelling);
        assertThat(AssetUrl.of("/a.PNG?v=1", PAGE)).get().returns(true, AssetUrl::isTelling);
    }

    @Test
    void withoutAPageNothingIsItsOwn() {
        assertThat(AssetUrl.of("https://shop.example/a.png", null)).isEmpty();
        assertThat(AssetUrl.of("https://shop.example/a.png", "about:blank")).isEmpty();
        assertThat(AssetUrl.of("https://shop.example/a.png", "")).isEmpty();
    }

    @Test
    void addressThatIsTooLongIsLeft() {
        assertThat(AssetUrl.of("/" + "a".repeat(AssetUrl.LONGEST) + ".png", PAGE))
                .isEmpty();
        assertThat(AssetUrl.of("/" + "a".repeat(AssetUrl.LONGEST - 10) + ".png", PAGE))
                .as("once resolved")
                .isEmpty();
    }
}

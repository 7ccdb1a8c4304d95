package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;

/** The faults that README.md promises, over real HTTP. */
@ShopTest
class FaultsTest {

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @LocalServerPort
    private int port;

    @Test
    void expressForHeavyGoodsIsA500ThatSaysWhy() throws Exception {
        post("/api/cart/items", "{\"sku\":\"BB-45\",\"quantity\":1}");

        HttpResponse<String> answer = post("/api/orders", CheckoutTest.order("EXPRESS", "4242424242424242"));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(JsonPath.<String>read(answer.body(), "$.message"))
                .matches("Courier refused parcel FF-\\d+: 17\\.5 kg is over the 15 kg that express carries");
    }

    @Test
    void theSameGoodsTravelByParcelPost() throws Exception {
        post("/api/cart/items", "{\"sku\":\"BB-45\",\"quantity\":1}");

        assertThat(post("/api/orders", CheckoutTest.order("STANDARD", "4242424242424242"))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void theSaucepansSecondPictureIsMissing() throws Exception {
        assertThat(get("/p/copper-saucepan").body()).contains("/pictures/saucepan-pouring.svg");
        assertThat(get("/pictures/saucepan-pouring.svg").statusCode()).isEqualTo(404);
    }

    @Test
    void theLargestSkilletHasNoThumbForTheScriptToFind() throws Exception {
        String page = get("/p/flint-skillet").body();

        assertThat(page)
                .contains("value=\"FS-32\"")
                .contains("data-sku=\"FS-28\"")
                .doesNotContain("data-sku=\"FS-32\"");
    }

    @Test
    void noShopReportsItsCoffeeShelf() throws Exception {
        assertThat(get("/api/products/teapot/shops").statusCode()).isEqualTo(404);
        assertThat(get("/api/products/loaf-tin/shops").statusCode()).isEqualTo(200);
    }

    @Test
    void nothingListensToTellMeWhenItIsBack() throws Exception {
        assertThat(get("/p/teapot").body()).contains("id=\"tell-me\"");
        String script = new ClassPathResource("static/js/product.js").getContentAsString(StandardCharsets.UTF_8);
        assertThat(script).doesNotContain("tell-me");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return browser.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept", "application/json");
    }
}

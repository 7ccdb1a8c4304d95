package com.example.shop;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ShopTest
class CheckoutTest {

    @Autowired
    private MockMvc shop;

    private final MockHttpSession session = new MockHttpSession();

    @Test
    void theCartAddsUp() throws Exception {
        add("MM-MUSTARD", 2);
        add("FS-28", 1)
                .andExpect(jsonPath("$.count").value(3))
                .andExpect(jsonPath("$.goods").value("€109.00"))
                .andExpect(jsonPath("$.weight").value(3420));
    }

    @Test
    void quantityZeroTakesALineOut() throws Exception {
        add("MM-MUSTARD", 2);
        shop.perform(put("/api/cart/items/MM-MUSTARD")
                        .session(session)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"quantity\":0}"))
                .andExpect(jsonPath("$.lines").isEmpty());
    }

    @Test
    void whatIsSoldOutCannotBeBought() throws Exception {
        add("TP-11", 1).andExpect(status().isConflict());
    }

    @Test
    void percentagesAndAmountsComeOffTheGoods() throws Exception {
        add("HC-INK", 1);
        send("/api/cart/voucher", "{\"code\":\"welcome10\"}")
                .andExpect(jsonPath("$.total").value("€170.10"));
        send("/api/cart/voucher", "{\"code\":\"FLINT5\"}")
                .andExpect(jsonPath("$.total").value("€184.00"))
                .andExpect(jsonPath("$.voucher.percent").value((Object) null));
        send("/api/cart/voucher", "{\"code\":\"NOPE\"}").andExpect(status().isNotFound());
    }

    @Test
    void carriersTellThreePrices() throws Exception {
        add("MM-MUSTARD", 1);
        shop.perform(get("/api/shipping-rates").session(session))
                .andExpect(jsonPath("$.length()").value(3))
                .andExpect(jsonPath("$[0].total").value("€25.90"));
    }

    @Test
    void aPlacedOrderIsShownToTheOneWhoPlacedItAndToNobodyElse() throws Exception {
        add("MM-MUSTARD", 1);
        String answer = send("/api/orders", order("STANDARD", "4242424242424242"))
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getContentAsString();
        String page = JsonPath.read(answer, "$.page");

        shop.perform(get(page).session(session))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("ada@example.org")))
                .andExpect(content().string(not(containsString("424242424242"))));
        shop.perform(get(page)).andExpect(status().isNotFound());
        shop.perform(get("/api/cart").session(session))
                .andExpect(jsonPath("$.count").value(0));
    }

    @Test
    void theCheckoutShowsNoCardNumberThatSomebodyCouldTakeForALeak() throws Exception {
        add("MM-MUSTARD", 1);
        shop.perform(get("/checkout").session(session))
                .andExpect(content().string(containsString("test-card")))
                .andExpect(content().string(not(containsString("4242"))));
    }

    @Test
    void aWrongCardNumberIsNamed() throws Exception {
        add("MM-MUSTARD", 1);
        send("/api/orders", order("STANDARD", "4242424242424241"))
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.fields['card.number']").value(containsString("not a card number")));
    }

    private ResultActions add(String sku, int quantity) throws Exception {
        return send("/api/cart/items", "{\"sku\":\"%s\",\"quantity\":%d}".formatted(sku, quantity));
    }

    private ResultActions send(String path, String json) throws Exception {
        return shop.perform(post(path)
                .session(session)
                .contentType(MediaType.APPLICATION_JSON)
                .content(json));
    }

    static String order(String shipping, String card) {
        return """
        {"email":"ada@example.org","name":"Ada Byron","street":"Lange Straat 1","postcode":"1234 AB",
         "city":"Utrecht","country":"NL","note":"","shipping":"%s",
         "card":{"holder":"A Byron","number":"%s","expires":"12 / 30","cvc":"123"}}
        """.formatted(shipping, card);
    }
}

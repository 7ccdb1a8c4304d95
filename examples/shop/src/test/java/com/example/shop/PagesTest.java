package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.example.shop.catalogue.Catalogue;
import com.example.shop.catalogue.Product;
import com.example.shop.catalogue.SortOrder;
import com.example.shop.catalogue.Variant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.web.servlet.MockMvc;

@ShopTest
class PagesTest {

    @Autowired
    private MockMvc shop;

    @Autowired
    private Catalogue catalogue;

    @ParameterizedTest
    @ValueSource(strings = {"/", "/c/all", "/c/table", "/search?q=linen", "/cart", "/about", "/delivery"})
    void everyPageCarriesTheShopsHeader(String page) throws Exception {
        shop.perform(get(page))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("data-testid=\"search-input\"")));
    }

    @Test
    void everyProductHasAPageThatNamesIt() throws Exception {
        assertThat(catalogue.all(SortOrder.NAME)).hasSize(24);
        for (Product product : catalogue.all(SortOrder.NAME)) {
            shop.perform(get("/p/" + product.slug()))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString(product.tagline())));
        }
    }

    @Test
    void onlyOnePictureIsMissing() {
        List<String> missing = catalogue.all(SortOrder.NAME).stream()
                .flatMap(product -> Stream.concat(
                        product.variants().stream().map(Variant::picture).filter(Objects::nonNull),
                        product.pictures().stream()))
                .filter(name -> !new ClassPathResource("static/pictures/" + name + ".svg").exists())
                .toList();

        assertThat(missing).containsExactly("saucepan-pouring");
    }

    @Test
    void cheapestFirstSortsByPrice() {
        assertThat(catalogue.all(SortOrder.CHEAPEST))
                .extracting(product -> product.price().cents())
                .isSorted();
    }

    @Test
    void aSearchNamesWhatItFoundAndNothingElse() throws Exception {
        shop.perform(get("/search").param("q", "morning mug"))
                .andExpect(content().string(containsString("product-morning-mug")))
                .andExpect(content().string(not(containsString("product-bread-knife"))));
    }

    @Test
    void aSearchEscapesWhatWasAsked() throws Exception {
        shop.perform(get("/search").param("q", "<script>alert(1)</script>"))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("<script>alert"))));
    }

    @Test
    void anEmptyCartHasNoCheckout() throws Exception {
        shop.perform(get("/checkout")).andExpect(status().is3xxRedirection()).andExpect(redirectedUrl("/cart"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/p/nothing", "/c/nothing", "/orders/FF-1"})
    void whatIsNotThereIsA404(String page) throws Exception {
        shop.perform(get(page)).andExpect(status().isNotFound());
    }

    @Test
    void pagesAllowNothingInline() throws Exception {
        shop.perform(get("/"))
                .andExpect(header().string("Content-Security-Policy", containsString("default-src 'self'")))
                .andExpect(content().string(not(containsString("style=\""))))
                .andExpect(content().string(not(containsString("<script>"))));
    }
}

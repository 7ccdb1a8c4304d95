package com.example.shop.catalogue;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What the pages fetch about products. */
@RestController
@RequestMapping("/api")
class CatalogueApi {

    private static final int SUGGESTIONS = 6;

    private final Catalogue catalogue;

    CatalogueApi(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GetMapping("/suggest")
    List<Suggestion> suggest(@RequestParam String q) {
        return catalogue.search(q).stream()
                .limit(SUGGESTIONS)
                .map(Suggestion::of)
                .toList();
    }

    @GetMapping("/products/{slug}/reviews")
    Reviews reviews(@PathVariable String slug) {
        Product product = catalogue
                .product(slug)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No product " + slug));
        List<Review> reviews = catalogue.reviews(product);
        double average = reviews.stream().mapToInt(Review::stars).average().orElse(0);
        return new Reviews(Math.round(average * 10) / 10.0, reviews);
    }

    /** Which of our two shops has it. The one in Leiden never reported its coffee shelf. */
    @GetMapping("/products/{slug}/shops")
    ResponseEntity<Map<String, Integer>> shops(@PathVariable String slug) {
        return catalogue
                .product(slug)
                .filter(product -> !product.category().equals("coffee"))
                .map(product -> product.firstVariant().stock())
                .map(stock -> ResponseEntity.ok(Map.of("Utrecht", stock / 3, "Leiden", stock / 4)))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    record Suggestion(String name, String tagline, String price, String picture, String url) {

        static Suggestion of(Product product) {
            return new Suggestion(
                    product.name(),
                    product.tagline(),
                    product.price().toString(),
                    "/pictures/" + product.picture() + ".svg",
                    "/p/" + product.slug());
        }
    }

    record Reviews(double average, List<Review> items) {}
}

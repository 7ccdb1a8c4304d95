package com.example.shop.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Repository;

/** All that is sold, read from the class path once. */
@Repository
public class Catalogue {

    private final List<Category> categories;
    private final List<Product> products;
    private final Map<String, List<Review>> reviews;

    public Catalogue(ObjectMapper json) throws IOException {
        Shelves shelves = read(json, "catalogue.json", new TypeReference<>() {});
        categories = shelves.categories();
        products = shelves.products();
        reviews = read(json, "reviews.json", new TypeReference<>() {});
    }

    public List<Category> categories() {
        return categories;
    }

    public Optional<Category> category(String slug) {
        return categories.stream()
                .filter(category -> category.slug().equals(slug))
                .findFirst();
    }

    public List<Product> all(SortOrder order) {
        return products.stream().sorted(order.comparator()).toList();
    }

    public List<Product> in(Category category, SortOrder order) {
        return products.stream()
                .filter(product -> product.category().equals(category.slug()))
                .sorted(order.comparator())
                .toList();
    }

    public List<Product> featured() {
        return products.stream().filter(Product::featured).toList();
    }

    /** Up to {@code limit} others of the same category. */
    public List<Product> besides(Product product, int limit) {
        return products.stream()
                .filter(other -> other.category().equals(product.category()) && !other.equals(product))
                .limit(limit)
                .toList();
    }

    public Optional<Product> product(String slug) {
        return products.stream().filter(product -> product.slug().equals(slug)).findFirst();
    }

    /** The product and variant that a sku names. */
    public Optional<Offer> offer(String sku) {
        return products.stream()
                .flatMap(product -> product.variants().stream().map(variant -> new Offer(product, variant)))
                .filter(offer -> offer.variant().sku().equals(sku))
                .findFirst();
    }

    /** Products in which every word of the query occurs; those that it names come first. */
    public List<Product> search(String query) {
        String[] words = query.toLowerCase(Locale.ROOT).strip().split("\\s+");
        if (words[0].isEmpty()) {
            return List.of();
        }
        return products.stream()
                .filter(product -> containsAll(text(product), words))
                .sorted(Comparator.comparing(product -> !containsAll(lower(product.name()), words)))
                .toList();
    }

    public List<Review> reviews(Product product) {
        return reviews.getOrDefault(product.slug(), List.of());
    }

    private String text(Product product) {
        String category = category(product.category()).map(Category::name).orElse("");
        return lower(String.join(
                " ",
                product.name(),
                product.tagline(),
                category,
                String.join(" ", product.description()),
                String.join(" ", product.details().values())));
    }

    private static boolean containsAll(String text, String[] words) {
        for (String word : words) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static <T> T read(ObjectMapper json, String name, TypeReference<T> type) throws IOException {
        try (InputStream in = new ClassPathResource(name).getInputStream()) {
            return json.readValue(in, type);
        }
    }

    /** A variant together with its product. */
    public record Offer(Product product, Variant variant) {

        public Price price() {
            return product.priceOf(variant);
        }
    }

    private record Shelves(List<Category> categories, List<Product> products) {}
}

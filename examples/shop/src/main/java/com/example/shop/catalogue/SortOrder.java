package com.example.shop.catalogue;

import java.util.Comparator;

/** How a list of products can be sorted; the name in lower case is the query parameter. */
public enum SortOrder {
    FEATURED("Our favourites", Comparator.comparing(product -> !product.featured())),
    CHEAPEST(
            "Price, low to high",
            Comparator.comparing(product -> product.price().cents())),
    DEAREST(
            "Price, high to low",
            Comparator.comparing(product -> -product.price().cents())),
    NAME("Name", Comparator.comparing(Product::name));

    private final String label;
    private final Comparator<Product> comparator;

    SortOrder(String label, Comparator<Product> comparator) {
        this.label = label;
        this.comparator = comparator;
    }

    public String label() {
        return label;
    }

    Comparator<Product> comparator() {
        return comparator;
    }
}

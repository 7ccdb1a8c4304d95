package com.example.shop.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.lang.Nullable;

/** What a product page shows. {@code weight} is in grams. */
public record Product(
        String slug,
        String name,
        String tagline,
        String category,
        Price price,
        int weight,
        boolean featured,
        List<String> description,
        Map<String, String> details,
        @Nullable List<String> pictures,
        List<Variant> variants) {

    public Product {
        pictures = pictures == null ? List.of() : List.copyOf(pictures);
        variants = List.copyOf(variants);
    }

    public Variant firstVariant() {
        return variants.get(0);
    }

    /** The picture of its tile. */
    public String picture() {
        return variants.stream()
                .map(Variant::picture)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Product " + slug + " has no picture"));
    }

    public Price priceOf(Variant variant) {
        return price.plus(new Price(variant.extra()));
    }

    /** The pictures of the gallery: one a variant, then the others. */
    public List<GalleryPicture> gallery() {
        return Stream.concat(
                        variants.stream()
                                .filter(variant -> variant.picture() != null)
                                .map(variant -> new GalleryPicture(variant.picture(), variant.sku())),
                        pictures.stream().map(picture -> new GalleryPicture(picture, null)))
                .toList();
    }

    public boolean isSoldOut() {
        return variants.stream().allMatch(Variant::isSoldOut);
    }

    public boolean hasPriceRange() {
        return variants.stream().mapToLong(Variant::extra).distinct().count() > 1;
    }

    /** Its weight as customers read it, for example {@code 2.6 kg} or {@code 240 g}. */
    public String weightText() {
        return weightText(weight);
    }

    public static String weightText(int grams) {
        return grams < 1000 ? grams + " g" : String.format(Locale.ENGLISH, "%.1f kg", grams / 1000.0);
    }

    /** A picture, and the variant that it belongs to, if any. */
    public record GalleryPicture(String name, @Nullable String sku) {}
}

package com.example.shop.catalogue;

import org.springframework.lang.Nullable;

/** One thing that can be bought: a size or a colour of a product. */
public record Variant(
        String sku,
        String name,
        @Nullable String swatch,
        @Nullable String picture,
        long extra,
        int stock) {

    public boolean isSoldOut() {
        return stock == 0;
    }

    public boolean isLow() {
        return stock > 0 && stock <= 3;
    }
}

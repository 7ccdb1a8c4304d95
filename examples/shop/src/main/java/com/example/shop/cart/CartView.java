package com.example.shop.cart;

import com.example.shop.catalogue.Price;
import com.example.shop.catalogue.Product;
import java.util.List;
import org.springframework.lang.Nullable;

/** A cart with names and prices, for pages and for JSON. {@code weight} is in grams. */
public record CartView(
        List<Line> lines, int count, Price goods, @Nullable Voucher voucher, Price discount, Price total, int weight) {

    /** One row of the cart. */
    public record Line(
            String sku,
            String slug,
            String name,
            String variant,
            String picture,
            int quantity,
            Price price,
            Price total,
            int weight) {}

    public String weightText() {
        return Product.weightText(weight);
    }
}

package com.example.shop.checkout;

import com.example.shop.catalogue.Price;

/** How an order travels. */
public enum ShippingMethod {
    STANDARD("Standard", "By parcel post, two to four working days", new Price(690)),
    EXPRESS("Express", "By courier, tomorrow before noon", new Price(1490)),
    PICKUP("Pick up", "From our shop in Utrecht, ready in two hours", Price.ZERO);

    /** From here on, parcel post is on us. */
    private static final Price FREE_FROM = new Price(12000);

    private final String label;
    private final String note;
    private final Price price;

    ShippingMethod(String label, String note, Price price) {
        this.label = label;
        this.note = note;
        this.price = price;
    }

    public String label() {
        return label;
    }

    public String note() {
        return note;
    }

    public Price priceFor(Price goods) {
        return this == STANDARD && goods.cents() >= FREE_FROM.cents() ? Price.ZERO : price;
    }
}

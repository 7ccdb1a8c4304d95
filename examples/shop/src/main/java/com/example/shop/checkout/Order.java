package com.example.shop.checkout;

import com.example.shop.cart.CartView;
import com.example.shop.catalogue.Price;

/** An order that was placed. */
public record Order(
        String number,
        String email,
        String name,
        String street,
        String town,
        String country,
        ShippingMethod shipping,
        Price shippingPrice,
        Price total,
        String cardLastFour,
        CartView cart) {}

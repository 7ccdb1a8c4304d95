package com.example.shop.checkout;

import org.springframework.stereotype.Component;

/** Books express parcels. */
@Component
class Courier {

    private static final int HEAVIEST_GRAMS = 15_000;

    /**
     * @throws ParcelTooHeavyException if it weighs more than the courier carries
     */
    void book(String number, int grams) {
        if (grams > HEAVIEST_GRAMS) {
            throw new ParcelTooHeavyException(number, grams, HEAVIEST_GRAMS);
        }
    }
}

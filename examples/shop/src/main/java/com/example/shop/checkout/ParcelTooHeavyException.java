package com.example.shop.checkout;

/** The courier does not take the parcel. Nobody handles it: one of the shop's faults on purpose. */
class ParcelTooHeavyException extends RuntimeException {

    ParcelTooHeavyException(String number, int grams, int limit) {
        super("Courier refused parcel %s: %.1f kg is over the %d kg that express carries"
                .formatted(number, grams / 1000.0, limit / 1000));
    }
}

package com.example.shop.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Locale;

/** An amount in euro, counted in cents. */
public record Price(long cents) implements Serializable {

    public static final Price ZERO = new Price(0);

    @JsonCreator
    public static Price ofCents(long cents) {
        return new Price(cents);
    }

    public Price plus(Price other) {
        return new Price(cents + other.cents);
    }

    public Price minus(Price other) {
        return new Price(Math.max(0, cents - other.cents));
    }

    public Price times(int quantity) {
        return new Price(cents * quantity);
    }

    public Price percent(int percent) {
        return new Price(Math.round(cents * percent / 100.0));
    }

    public boolean isZero() {
        return cents == 0;
    }

    /** As customers read it, for example {@code €189.00}. */
    @JsonValue
    @Override
    public String toString() {
        return String.format(Locale.ENGLISH, "€%,d.%02d", cents / 100, cents % 100);
    }
}

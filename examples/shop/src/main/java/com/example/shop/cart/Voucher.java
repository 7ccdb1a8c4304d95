package com.example.shop.cart;

import com.example.shop.catalogue.Price;
import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.lang.Nullable;

/** Takes either a percentage or a fixed amount off the goods. */
public record Voucher(
        String code, @Nullable Integer percent, @Nullable Price amount) implements Serializable {

    private static final Map<String, Voucher> VALID = Map.of(
            "WELCOME10", new Voucher("WELCOME10", 10, null),
            "FLINT5", new Voucher("FLINT5", null, new Price(500)));

    public static Optional<Voucher> find(String code) {
        return Optional.ofNullable(VALID.get(code.strip().toUpperCase(Locale.ROOT)));
    }

    Price discountOn(Price goods) {
        if (percent != null) {
            return goods.percent(percent);
        }
        return amount == null || amount.cents() > goods.cents() ? goods : amount;
    }
}

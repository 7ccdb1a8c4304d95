package com.example.shop.checkout;

import com.example.shop.cart.CartView;
import com.example.shop.catalogue.Price;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Service;

/** Asks the carriers what they charge. They take their time. */
@Service
class ShippingRates {

    private final Duration least;
    private final Duration most;
    private final RandomGenerator random = RandomGenerator.getDefault();

    ShippingRates(ShippingProperties properties) {
        least = properties.carrierDelayLeast();
        most = properties.carrierDelayMost();
    }

    List<Rate> forCart(CartView cart) throws InterruptedException {
        Thread.sleep(random.nextLong(least.toMillis(), most.toMillis() + 1));
        return Arrays.stream(ShippingMethod.values())
                .map(method -> Rate.of(method, cart))
                .toList();
    }

    record Rate(ShippingMethod method, String label, String note, Price price, Price total) {

        static Rate of(ShippingMethod method, CartView cart) {
            Price price = method.priceFor(cart.total());
            return new Rate(
                    method, method.label(), method.note(), price, cart.total().plus(price));
        }
    }
}

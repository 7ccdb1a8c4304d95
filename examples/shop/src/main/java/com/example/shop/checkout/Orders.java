package com.example.shop.checkout;

import com.example.shop.cart.CartView;
import com.example.shop.catalogue.Price;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Service;

/** Takes orders and remembers them until the shop is restarted. */
@Service
class Orders {

    private final Courier courier;
    private final Map<String, Order> orders = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger(24_017);

    Orders(Courier courier) {
        this.courier = courier;
    }

    Order place(OrderForm form, CartView cart) {
        String number = "FF-" + numbers.incrementAndGet();
        if (form.shipping() == ShippingMethod.EXPRESS) {
            courier.book(number, cart.weight());
        }
        Order order = order(number, form, cart);
        orders.put(number, order);
        return order;
    }

    Optional<Order> find(String number) {
        return Optional.ofNullable(orders.get(number));
    }

    private static Order order(String number, OrderForm form, CartView cart) {
        Price shipping = form.shipping().priceFor(cart.total());
        return new Order(
                number,
                form.email(),
                form.name(),
                form.street(),
                form.postcode() + " " + form.city(),
                form.country(),
                form.shipping(),
                shipping,
                cart.total().plus(shipping),
                form.card().lastFour(),
                cart);
    }
}

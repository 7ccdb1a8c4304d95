package com.example.shop.checkout;

import com.example.shop.cart.Cart;
import com.example.shop.cart.Carts;
import com.example.shop.catalogue.Catalogue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What the checkout page fetches and sends. */
@RestController
@RequestMapping("/api")
class CheckoutApi {

    private final Carts carts;
    private final Catalogue catalogue;
    private final ShippingRates rates;
    private final Orders orders;

    CheckoutApi(Carts carts, Catalogue catalogue, ShippingRates rates, Orders orders) {
        this.carts = carts;
        this.catalogue = catalogue;
        this.rates = rates;
        this.orders = orders;
    }

    @GetMapping("/shipping-rates")
    List<ShippingRates.Rate> rates(HttpServletRequest request) throws InterruptedException {
        return rates.forCart(carts.of(request).view(catalogue));
    }

    @PostMapping("/orders")
    ResponseEntity<Map<String, String>> place(@Valid @RequestBody OrderForm form, HttpServletRequest request) {
        Cart cart = carts.of(request);
        if (cart.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "Your cart is empty");
        }
        Order order = orders.place(form, cart.view(catalogue));
        cart.clear();
        PlacedOrders.in(request.getSession()).add(order.number());
        URI page = URI.create("/orders/" + order.number());
        return ResponseEntity.created(page).body(Map.of("number", order.number(), "page", page.toString()));
    }

    @PostMapping("/newsletter")
    Map<String, String> subscribe(@Valid @RequestBody Subscriber subscriber) {
        return Map.of("message", "Thank you! Take €5 off with the code FLINT5.");
    }

    record Subscriber(@NotBlank @Email String email) {}
}

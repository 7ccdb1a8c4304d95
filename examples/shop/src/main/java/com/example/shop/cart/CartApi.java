package com.example.shop.cart;

import com.example.shop.catalogue.Catalogue;
import com.example.shop.catalogue.Catalogue.Offer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The cart as the pages change it; every answer is the whole cart. */
@RestController
@RequestMapping("/api/cart")
class CartApi {

    private final Carts carts;
    private final Catalogue catalogue;

    CartApi(Carts carts, Catalogue catalogue) {
        this.carts = carts;
        this.catalogue = catalogue;
    }

    @GetMapping
    CartView cart(HttpServletRequest request) {
        return carts.of(request).view(catalogue);
    }

    @PostMapping("/items")
    CartView add(@Valid @RequestBody NewItem item, HttpServletRequest request) {
        Offer offer = catalogue
                .offer(item.sku())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No item " + item.sku()));
        if (offer.variant().isSoldOut()) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, offer.product().name() + " is sold out");
        }
        Cart cart = carts.keep(request);
        cart.add(item.sku(), item.quantity());
        return cart.view(catalogue);
    }

    @PutMapping("/items/{sku}")
    CartView change(@PathVariable String sku, @Valid @RequestBody Quantity wanted, HttpServletRequest request) {
        Cart cart = carts.of(request);
        cart.set(sku, wanted.quantity());
        return cart.view(catalogue);
    }

    @DeleteMapping("/items/{sku}")
    CartView remove(@PathVariable String sku, HttpServletRequest request) {
        Cart cart = carts.of(request);
        cart.set(sku, 0);
        return cart.view(catalogue);
    }

    @PostMapping("/voucher")
    CartView apply(@Valid @RequestBody Code code, HttpServletRequest request) {
        Voucher voucher = Voucher.find(code.code())
                .orElseThrow(() ->
                        new ResponseStatusException(HttpStatus.NOT_FOUND, "We do not know the code " + code.code()));
        Cart cart = carts.of(request);
        cart.apply(voucher);
        return cart.view(catalogue);
    }

    record NewItem(
            @NotBlank String sku,
            @Min(1) @Max(Cart.MOST_OF_ONE) int quantity) {}

    record Quantity(@Min(0) @Max(Cart.MOST_OF_ONE) int quantity) {}

    record Code(@NotBlank String code) {}
}

package com.example.shop.checkout;

import com.example.shop.cart.Cart;
import com.example.shop.cart.Carts;
import com.example.shop.catalogue.Catalogue;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Cart, checkout and the page that says thank you. */
@Controller
class CheckoutPages {

    private final Carts carts;
    private final Catalogue catalogue;
    private final Orders orders;

    CheckoutPages(Carts carts, Catalogue catalogue, Orders orders) {
        this.carts = carts;
        this.catalogue = catalogue;
        this.orders = orders;
    }

    @GetMapping("/cart")
    String cart(HttpServletRequest request, Model model) {
        model.addAttribute("cart", carts.of(request).view(catalogue));
        model.addAttribute("ideas", catalogue.featured().subList(4, 8));
        return "cart";
    }

    @GetMapping("/checkout")
    String checkout(HttpServletRequest request, Model model) {
        Cart cart = carts.of(request);
        if (cart.isEmpty()) {
            return "redirect:/cart";
        }
        model.addAttribute("cart", cart.view(catalogue));
        return "checkout";
    }

    @GetMapping("/orders/{number}")
    String order(@PathVariable String number, HttpServletRequest request, Model model) {
        Order order = orders.find(number)
                .filter(found -> PlacedOrders.contains(request.getSession(false), number))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No order " + number));
        model.addAttribute("order", order);
        return "order";
    }
}

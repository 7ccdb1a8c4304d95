package com.example.shop.cart;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.springframework.stereotype.Component;

/** Finds the cart of a request. */
@Component
public class Carts {

    private static final String ATTRIBUTE = Cart.class.getName();

    /** The customer's cart, or an empty one that is not kept. */
    public Cart of(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(ATTRIBUTE) instanceof Cart cart ? cart : new Cart();
    }

    /** The customer's cart, kept in the session from now on. */
    Cart keep(HttpServletRequest request) {
        HttpSession session = request.getSession();
        synchronized (session) {
            Cart cart = of(request);
            session.setAttribute(ATTRIBUTE, cart);
            return cart;
        }
    }
}

package com.example.shop.checkout;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.lang.Nullable;

/** The numbers of the orders of one session: nobody else may see them. */
record PlacedOrders(Set<String> numbers) implements Serializable {

    private static final String ATTRIBUTE = PlacedOrders.class.getName();

    static PlacedOrders in(HttpSession session) {
        if (session.getAttribute(ATTRIBUTE) instanceof PlacedOrders placed) {
            return placed;
        }
        PlacedOrders placed = new PlacedOrders(ConcurrentHashMap.newKeySet());
        session.setAttribute(ATTRIBUTE, placed);
        return placed;
    }

    static boolean contains(@Nullable HttpSession session, String number) {
        return session != null && in(session).numbers().contains(number);
    }

    void add(String number) {
        numbers.add(number);
    }
}

package com.example.shop.web;

import com.example.shop.cart.Carts;
import com.example.shop.catalogue.Catalogue;
import com.example.shop.catalogue.Category;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What header and footer of every page need. */
@ControllerAdvice(annotations = Controller.class)
class PageFrame {

    private final Catalogue catalogue;
    private final Carts carts;

    PageFrame(Catalogue catalogue, Carts carts) {
        this.catalogue = catalogue;
        this.carts = carts;
    }

    @ModelAttribute("categories")
    List<Category> categories() {
        return catalogue.categories();
    }

    @ModelAttribute("cartCount")
    int cartCount(HttpServletRequest request) {
        return carts.of(request).count();
    }
}

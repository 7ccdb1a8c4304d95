package com.example.shop.web;

import com.example.shop.catalogue.Catalogue;
import com.example.shop.catalogue.Category;
import com.example.shop.catalogue.Product;
import com.example.shop.catalogue.SortOrder;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The pages that show what there is. */
@Controller
class ShopPages {

    private final Catalogue catalogue;

    ShopPages(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GetMapping("/")
    String home(Model model) {
        model.addAttribute("featured", catalogue.featured().subList(0, 8));
        return "home";
    }

    @GetMapping("/c/{slug}")
    String category(@PathVariable String slug, @RequestParam(defaultValue = "featured") String sort, Model model) {
        SortOrder order = order(sort);
        if (slug.equals("all")) {
            Category everything = new Category("all", "Everything", "The whole shop on one page.", "shelf");
            return list(model, everything, order, catalogue.all(order));
        }
        Category category = catalogue.category(slug).orElseThrow(() -> notFound("No category " + slug));
        return list(model, category, order, catalogue.in(category, order));
    }

    @GetMapping("/search")
    String search(@RequestParam(defaultValue = "") String q, Model model) {
        model.addAttribute("query", q);
        model.addAttribute("products", catalogue.search(q));
        model.addAttribute("ideas", catalogue.featured().subList(0, 4));
        return "search";
    }

    @GetMapping("/p/{slug}")
    String product(@PathVariable String slug, Model model) {
        Product product = catalogue.product(slug).orElseThrow(() -> notFound("No product " + slug));
        model.addAttribute("product", product);
        model.addAttribute("category", catalogue.category(product.category()).orElseThrow());
        model.addAttribute("besides", catalogue.besides(product, 4));
        return "product";
    }

    @GetMapping("/about")
    String about() {
        return "about";
    }

    @GetMapping("/delivery")
    String delivery() {
        return "delivery";
    }

    private String list(Model model, Category category, SortOrder order, Iterable<Product> products) {
        model.addAttribute("category", category);
        model.addAttribute("products", products);
        model.addAttribute("sort", order);
        model.addAttribute("sortOrders", SortOrder.values());
        return "category";
    }

    private static SortOrder order(String name) {
        for (SortOrder order : SortOrder.values()) {
            if (order.name().toLowerCase(Locale.ROOT).equals(name)) {
                return order;
            }
        }
        return SortOrder.FEATURED;
    }

    private static ResponseStatusException notFound(String reason) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, reason);
    }
}

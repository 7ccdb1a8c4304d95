package io.mimic.benchmarks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** About the same page as {@link PageServlet} writes, rendered by Thymeleaf as an app would: without a database or anything else. */
final class TemplateServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient TemplateEngine engine = new TemplateEngine();

    TemplateServlet() {
        ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
        templates.setCacheable(true);
        engine.setTemplateResolver(templates);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Order> orders = IntStream.range(0, PageServlet.ROWS)
                .mapToObj(number -> new Order(number, "A thing that somebody ordered", "12.50"))
                .toList();
        response.setContentType("text/html;charset=utf-8");
        engine.process(
                "io/mimic/benchmarks/orders.html",
                new Context(Locale.ENGLISH, Map.of("title", "Orders", "orders", orders)),
                response.getWriter());
    }

    /** A row of the page. */
    public static final class Order {
        private final int number;
        private final String name;
        private final String price;

        Order(int number, String name, String price) {
            this.number = number;
            this.name = name;
            this.price = price;
        }

        public int getNumber() {
            return number;
        }

        public String getName() {
            return name;
        }

        public String getPrice() {
            return price;
        }
    }
}

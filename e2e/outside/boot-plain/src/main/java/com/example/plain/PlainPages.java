package com.example.plain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PlainPages {
    private static final String HTML = "text/html;charset=utf-8";
    private static final String PAGE =
            "<!doctype html><html><head><title>Plain</title></head><body>Grüße</body></html>";

    private final ListableBeanFactory beans;

    PlainPages(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @GetMapping(path = "/page", produces = HTML)
    String page() {
        return PAGE;
    }

    @GetMapping(path = "/later", produces = HTML)
    Callable<String> later() {
        return () -> PAGE;
    }

    @GetMapping("/failing")
    String failing() {
        throw new IllegalStateException("the host's own failure");
    }

    @PostMapping("/order")
    Map<String, String> order(@RequestParam("what") String what) {
        return Map.of("ordered", what);
    }

    @GetMapping("/beans")
    List<String> beans() {
        return Arrays.stream(beans.getBeanDefinitionNames()).sorted().toList();
    }

    /** Of what makes an app another one when it comes unasked. */
    @GetMapping("/surprises")
    List<String> surprises() {
        List<String> found = new ArrayList<>();
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type = beans.getType(name);
            if (type != null
                    && type.getName().matches(".*(DataSource|SecurityFilterChain|Flyway|RedisConnection\\w*|JdbcTemplate)")) {
                found.add(name + " " + type.getName());
            }
        }
        return found;
    }
}

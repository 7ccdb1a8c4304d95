package com.example.plain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

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

    @GetMapping(path = "/deferred", produces = HTML)
    DeferredResult<String> deferred() {
        DeferredResult<String> result = new DeferredResult<>();
        new Thread(() -> result.setResult(PAGE)).start();
        return result;
    }

    @GetMapping("/streamed")
    ResponseEntity<StreamingResponseBody> streamed() {
        return ResponseEntity.ok().contentType(MediaType.parseMediaType(HTML)).body(out -> {
            for (String piece : PAGE.split("(?<=>)")) {
                out.write(piece.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        });
    }

    @GetMapping("/told")
    SseEmitter told() {
        SseEmitter emitter = new SseEmitter();
        new Thread(() -> {
                    try {
                        emitter.send("first");
                        emitter.send(PAGE);
                        emitter.complete();
                    } catch (IOException e) {
                        emitter.completeWithError(e);
                    }
                })
                .start();
        return emitter;
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

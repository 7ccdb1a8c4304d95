package com.example.host;

import java.security.Principal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HostPages {
    private static final String HTML = "text/html;charset=utf-8";

    private final VisitRepository visits;

    HostPages(VisitRepository visits) {
        this.visits = visits;
    }

    @GetMapping(path = "/page", produces = HTML)
    String page() {
        return "<!doctype html><html><head><title>Host</title></head><body>Grüße</body></html>";
    }

    @GetMapping(path = "/private", produces = HTML)
    String ownPage(Principal user) {
        return "<!doctype html><html><head><title>Own</title></head><body>For " + user.getName() + "</body></html>";
    }

    @PostMapping("/order")
    String order(@RequestParam("what") String what) {
        return "Ordered " + what;
    }

    @PostMapping("/open/visits")
    String visit(@RequestParam("who") String who) {
        visits.save(new Visit(who));
        return visits.count() + " visits";
    }

    @GetMapping("/open/thread")
    String thread() {
        return Thread.currentThread().toString();
    }
}

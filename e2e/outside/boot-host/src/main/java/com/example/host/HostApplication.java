package com.example.host;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** An app with what many have: pages, a database of its own, a login or tokens, Actuator. A Spring profile says which login. */
@SpringBootApplication
public class HostApplication {
    private final Environment environment;

    HostApplication(Environment environment) {
        this.environment = environment;
    }

    public static void main(String[] args) {
        SpringApplication.run(HostApplication.class, args);
    }

    /** Tells the ports, which were free ones. */
    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        System.out.println("Ready: " + environment.getProperty("local.server.port") + " "
                + environment.getProperty("local.management.port", "-"));
    }
}

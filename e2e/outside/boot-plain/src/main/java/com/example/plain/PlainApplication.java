package com.example.plain;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** An app with pages and nothing else: no login, no database, no Actuator. Runs by itself, or as a WAR in a servlet container. */
@SpringBootApplication
public class PlainApplication extends SpringBootServletInitializer {
    public static void main(String[] args) {
        SpringApplication.run(PlainApplication.class, args);
    }

    @Override
    protected SpringApplicationBuilder configure(SpringApplicationBuilder application) {
        return application.sources(PlainApplication.class);
    }

    /** Tells the port, which was a free one. */
    @EventListener
    void ready(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        System.out.println("Ready: " + environment.getProperty("local.server.port", "-") + " -");
    }
}

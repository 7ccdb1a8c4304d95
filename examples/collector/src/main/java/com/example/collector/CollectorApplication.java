package com.example.collector;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** A server that does nothing but MIMIC: other sites send to it, people look at recordings in it. */
@SpringBootApplication
public class CollectorApplication implements WebMvcConfigurer {
    private final String mimic;

    CollectorApplication(@Value("${mimic.path:/mimic}") String mimic) {
        this.mimic = mimic;
    }

    public static void main(String[] args) {
        SpringApplication.run(CollectorApplication.class, args);
    }

    /** Nobody comes here for anything but the dashboard. */
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/", mimic + "/").setContextRelative(true);
    }
}

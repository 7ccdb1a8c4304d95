package io.mimic.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;

/** A Boot host with MIMIC's jars on its class path and without them. */
class HostUnchangedTest {
    /** Packages of everything that the one dependency brings. */
    private static final String[] BROUGHT = {
        "io.mimic",
        "org.sqlite",
        "org.tukaani",
        "at.favre",
        "com.github.f4b6a3",
        "com.fasterxml.jackson.jr",
        "com.maxmind",
        "ua_parser",
        "io.github.bucket4j",
        "org.jsoup"
    };

    @TempDir
    Path folder;

    @Test
    void hostHasTheSameBeansAndMimicsOwn() {
        Set<String> with = beans(getClass().getClassLoader(), "");
        Set<String> without = beans(new FilteredClassLoader(BROUGHT), MimicAutoConfiguration.class.getName());

        assertThat(without)
                .noneMatch(bean -> bean.toLowerCase(java.util.Locale.ROOT).contains("mimic"));
        assertThat(with).containsAll(without);
        Set<String> added = new TreeSet<>(with);
        added.removeAll(without);
        assertThat(added).isNotEmpty().allMatch(bean -> bean.startsWith("mimic") || bean.startsWith("io.mimic."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application.properties",
                "application.yml",
                "data.sql",
                "db/changelog",
                "db/migration",
                "log4j2.xml",
                "logback.xml",
                "messages.properties",
                "META-INF/orm.xml",
                "META-INF/persistence.xml",
                "META-INF/resources",
                "public",
                "resources",
                "schema.sql",
                "static",
                "templates"
            })
    void nothingLiesWhereSpringOrAContainerLooksForTheHosts(String place) {
        assertThat(getClass().getClassLoader().getResource(place)).isNull();
    }

    private Set<String> beans(ClassLoader loader, String excluded) {
        try (ConfigurableApplicationContext host = new SpringApplicationBuilder(Host.class)
                .resourceLoader(new DefaultResourceLoader(loader))
                .properties(Map.of(
                        "server.port",
                        "0",
                        "server.address",
                        "127.0.0.1",
                        "spring.autoconfigure.exclude",
                        excluded,
                        "mimic.data-dir",
                        folder.toString()))
                .run()) {
            return new TreeSet<>(Arrays.asList(host.getBeanDefinitionNames()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Host {}
}

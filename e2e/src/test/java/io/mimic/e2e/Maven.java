package io.mimic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Maven as a user calls it, in a folder of theirs. */
final class Maven {
    private static final String PLUGIN = "io.mimic:mimic-maven-plugin:0.1.0-SNAPSHOT:";

    private static final Pattern ENCRYPTED = Pattern.compile("\\{[^}]+}");

    private final Path folder;
    private final List<String> options;

    /** @param options for Maven's own JVM */
    Maven(Path folder, String... options) {
        this.folder = folder;
        this.options = List.of(options);
    }

    /** Runs a goal of the plugin by its full coordinates, and answers what Maven printed. */
    String goal(String goal, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-B", "-ntp", PLUGIN + goal));
        all.addAll(List.of(arguments));
        return run(all);
    }

    /** A secret as settings.xml takes it. */
    String encrypted(String option, String secret) {
        Matcher braces = ENCRYPTED.matcher(run(List.of("-q", option, secret)));
        assertThat(braces.find()).isTrue();
        return braces.group();
    }

    private String run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("mvn"));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        String own = Optional.ofNullable(System.getenv("MAVEN_OPTS")).orElse("");
        builder.environment().put("MAVEN_OPTS", own + " " + String.join(" ", options));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(printed).isZero();
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

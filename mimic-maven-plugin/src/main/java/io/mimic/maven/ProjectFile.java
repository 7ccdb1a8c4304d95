package io.mimic.maven;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code mimic.properties}: what is known of the project from one run to the next, and what MIMIC in the app reads. It is to be committed;
 * a password is never written to it.
 */
final class ProjectFile {
    static final String NAME = "mimic.properties";

    private final Path path;
    private final Properties own = new Properties();
    private final Properties others = new Properties();

    private ProjectFile(Path path) {
        this.path = path;
    }

    /** @param path of the file, which need not be there; an {@code application.properties} beside it is read as well */
    static ProjectFile read(Path path) throws IOException {
        ProjectFile file = new ProjectFile(path);
        load(file.own, path);
        load(file.others, path.resolveSibling("application.properties"));
        return file;
    }

    private static void load(Properties properties, Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            try (Reader reader = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
                properties.load(reader);
            }
        }
    }

    @Nullable
    String text(String key) {
        String value = own.getProperty(key, others.getProperty(key));
        return value == null || value.isBlank() ? null : value.trim();
    }

    Optional<String> value(String key) {
        return Optional.ofNullable(text(key));
    }

    /** Adds lines; what is in the file stays as it is. */
    void add(String key, String value) throws IOException {
        if (value.equals(own.getProperty(key))) {
            return;
        }
        boolean begun = Files.isRegularFile(path);
        String text = begun ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
        String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        String gap = text.isEmpty() || text.endsWith("\n") ? "" : lineEnd;
        String head = begun
                ? ""
                : "# Settings of MIMIC. Commit this file: it names the project that the pages record into." + lineEnd;
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.writeString(
                path,
                gap + head + key + "=" + escape(value) + lineEnd,
                StandardCharsets.ISO_8859_1,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        own.setProperty(key, value);
    }

    Path path() {
        return path;
    }

    private static String escape(String value) {
        return value.chars().mapToObj(ProjectFile::escape).collect(Collectors.joining());
    }

    private static String escape(int c) {
        if (c == '\\') {
            return "\\\\";
        }
        return c < ' ' || c > '~' ? String.format("\\u%04x", c) : Character.toString(c);
    }
}

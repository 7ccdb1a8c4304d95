package io.mimic.maven;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code mimic.properties}: what is known of the project from one run to the next, and what MIMIC in the app reads. It is to be committed;
 * a password is never written to it.
 */
final class ProjectFile {
    static final String NAME = "mimic.properties";

    private static final Pattern PHYSICAL = Pattern.compile("(?<=\n)|(?<=\r)(?!\n)");
    private static final Pattern CONTINUED = Pattern.compile("(?<!\\\\)(\\\\\\\\)*\\\\(\\r?\\n|\\r)?\\z");

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
            String text = Files.readString(path, StandardCharsets.ISO_8859_1);
            int number = 1;
            for (String line : lines(text)) {
                try {
                    properties.load(new StringReader(line));
                } catch (IllegalArgumentException e) {
                    throw new IOException(path + ", line " + number
                            + ": \\u must be followed by four hexadecimal digits; a backslash itself is written \\\\.");
                }
                number += (int) PHYSICAL.splitAsStream(line).count();
            }
        }
    }

    /** A line that goes on in the next ones is one with them. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String part : PHYSICAL.splitAsStream(text).toList()) {
            line.append(part);
            boolean comment = line.toString().stripLeading().matches("(?s)[#!].*");
            if (comment || !CONTINUED.matcher(part).find()) {
                lines.add(line.toString());
                line.setLength(0);
            }
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }

    @Nullable
    String text(String key) {
        String value = own.getProperty(key, others.getProperty(key));
        return value == null || value.isBlank() ? null : value.trim();
    }

    Optional<String> value(String key) {
        return Optional.ofNullable(text(key));
    }

    /** Writes a value where its line is, or behind the others; what else is in the file stays as it is. */
    void set(String key, String value) throws IOException {
        if (value.equals(own.getProperty(key))) {
            return;
        }
        boolean begun = Files.isRegularFile(path);
        String text = begun
                ? Files.readString(path, StandardCharsets.ISO_8859_1)
                : "# Settings of MIMIC. Commit this file: it names the project that the pages record into.\n";
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.writeString(path, with(key, value, text), StandardCharsets.ISO_8859_1);
        own.setProperty(key, value);
    }

    private static String with(String key, String value, String text) throws IOException {
        String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        String written = key + "=" + escape(value) + lineEnd;
        StringBuilder all = new StringBuilder();
        boolean there = false;
        for (String line : lines(text)) {
            Properties alone = new Properties();
            alone.load(new StringReader(line));
            boolean old = alone.containsKey(key);
            all.append(!old ? line : there ? "" : written);
            there |= old;
        }
        if (there) {
            return all.toString();
        }
        boolean ended = all.length() == 0 || all.charAt(all.length() - 1) == '\n';
        return all + (ended ? "" : lineEnd) + written;
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

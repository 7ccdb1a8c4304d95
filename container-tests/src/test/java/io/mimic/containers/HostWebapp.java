package io.mimic.containers;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Lays out the host webapp as an exploded WAR, with MIMIC's jars in it: what the host's own build would give. */
final class HostWebapp {
    static final String PROJECT = "containertest";
    static final String PASSWORD = "correct horse battery";

    private static final Path PACKAGE = Path.of("io/mimic/containers");
    private static final Path PACKAGES = Path.of("target/classes").resolve(PACKAGE);

    private final Path folder;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final StringBuilder more = new StringBuilder();
    private final List<String> parts = new ArrayList<>();
    private boolean metadataComplete;

    HostWebapp(Path folder) {
        this.folder = folder;
        parameter(
                "mimic.data-dir",
                folder.resolveSibling(folder.getFileName() + "-data").toString());
        parameter("mimic.project.id", PROJECT);
        parameter("mimic.project.password", PASSWORD);
    }

    HostWebapp parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    HostWebapp withoutParameter(String name) {
        parameters.remove(name);
        return this;
    }

    /** Elements before the host's own filters. */
    HostWebapp xml(String elements) {
        more.append(elements);
        return this;
    }

    HostWebapp metadataComplete() {
        metadataComplete = true;
        return this;
    }

    /** With Spring Security, put in front by its own initializer: package {@code secured}. */
    HostWebapp secured() {
        parts.add("secured");
        return this;
    }

    /** With Jakarta Faces. */
    HostWebapp faces() {
        parts.add("faces");
        return this;
    }

    Path build() throws IOException {
        copy(Path.of("src/main/webapp"), folder);
        Path classes = folder.resolve("WEB-INF/classes");
        copy(Path.of("target/classes/pages"), Files.createDirectories(classes).resolve("pages"));
        copy(
                PACKAGES.resolve("host"),
                Files.createDirectories(classes.resolve(PACKAGE)).resolve("host"));
        addLibraries("webapp");
        for (String part : parts) {
            addLibraries(part);
            if (Files.exists(PACKAGES.resolve(part))) {
                copy(PACKAGES.resolve(part), classes.resolve(PACKAGE).resolve(part));
            }
        }
        Path descriptor = folder.resolve("WEB-INF/web.xml");
        Files.writeString(descriptor, descriptor(Files.readString(descriptor)));
        return folder;
    }

    private String descriptor(String xml) {
        StringBuilder added = new StringBuilder();
        parameters.forEach((name, value) -> added.append("<context-param><param-name>")
                .append(name)
                .append("</param-name><param-value>")
                .append(value)
                .append("</param-value></context-param>"));
        return xml.replace("<!-- more -->", added.append(more))
                .replace("metadata-complete=\"false\"", "metadata-complete=\"" + metadataComplete + "\"");
    }

    private void addLibraries(String part) throws IOException {
        Path libraries = Files.createDirectories(folder.resolve("WEB-INF/lib"));
        String list = Files.readString(Path.of("target", part + ".classpath"));
        for (String entry : list.trim().split(File.pathSeparator, -1)) {
            addLibrary(Path.of(entry), libraries);
        }
    }

    /** Of another module, Maven may have classes and no jar yet. */
    private static void addLibrary(Path entry, Path libraries) throws IOException {
        if (Files.isDirectory(entry)) {
            jar(entry, libraries.resolve(entry.getParent().getParent().getFileName() + ".jar"));
        } else {
            Files.copy(entry, libraries.resolve(entry.getFileName()));
        }
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path one : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(one).toString().replace('\\', '/')));
                Files.copy(one, out);
                out.closeEntry();
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Path target = to.resolve(from.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(file, target);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

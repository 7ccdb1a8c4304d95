package io.mimic.maven;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTreeTest {
    private static final long TIME = 1_700_000_000_000L;

    @TempDir
    Path folder;

    private Path war;

    @BeforeEach
    void pack() throws IOException {
        war = folder.resolve("app.war");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(war))) {
            put(out, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n", false);
            put(out, "index.html", "<html><head></head></html>", false);
            put(out, "WEB-INF/lib/nested.jar", "stored bytes", true);
            put(out, "z.txt", "text", false);
            put(out, "a.txt", "text", false);
        }
    }

    @Test
    void whatDoesNotChangeIsCopiedAsItLies() throws IOException {
        List<String> before = rawEntries("index.html");
        try (ArchiveTree tree = ArchiveTree.open(war)) {
            tree.write("index.html", "changed".getBytes(UTF_8));
            tree.write("assets/new.js", "new".getBytes(UTF_8));
            tree.delete("z.txt");
            tree.commit();
        }

        before.removeIf(entry -> entry.startsWith("z.txt "));
        assertThat(rawEntries("index.html", "assets/new.js")).isEqualTo(before);
        try (ArchiveTree tree = ArchiveTree.open(war)) {
            assertThat(tree.read("index.html")).asString(UTF_8).isEqualTo("changed");
            assertThat(tree.read("assets/new.js")).asString(UTF_8).isEqualTo("new");
            assertThat(tree.has("z.txt")).isFalse();
        }
    }

    @Test
    void theSameChangeMakesTheSameArchive() throws IOException {
        Path copy = Files.copy(war, folder.resolve("copy.war"));
        for (Path archive : List.of(war, copy)) {
            try (ArchiveTree tree = ArchiveTree.open(archive)) {
                tree.write("index.html", "changed".getBytes(UTF_8));
                tree.write("assets/new.js", "new".getBytes(UTF_8));
                tree.commit();
            }
        }

        assertThat(Files.readAllBytes(war)).isEqualTo(Files.readAllBytes(copy));
    }

    @Test
    void withoutAChangeNothingIsWritten() throws IOException {
        byte[] before = Files.readAllBytes(war);
        try (ArchiveTree tree = ArchiveTree.open(war)) {
            tree.commit();
        }

        assertThat(Files.readAllBytes(war)).isEqualTo(before);
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(war));
    }

    @Test
    void aSignedArchiveIsRefused() throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(war))) {
            put(out, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n", false);
            put(out, "META-INF/APP.SF", "x", false);
        }

        assertThatThrownBy(() -> ArchiveTree.open(war)).hasMessageContaining("signed");
    }

    @Test
    void anArchiveBehindAScriptIsRefused() throws IOException {
        byte[] zip = Files.readAllBytes(war);
        try (OutputStream out = Files.newOutputStream(war)) {
            out.write("#!/bin/bash\n".getBytes(UTF_8));
            out.write(zip);
        }

        assertThatThrownBy(() -> ArchiveTree.open(war)).hasMessageContaining("script");
    }

    /** Name, method, time, checksum and compressed bytes of every entry but those, in their order. */
    private List<String> rawEntries(String... but) throws IOException {
        List<String> entries = new ArrayList<>();
        try (ZipFile zip = ZipFile.builder().setPath(war).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                if (!List.of(but).contains(entry.getName())) {
                    try (InputStream raw = zip.getRawInputStream(entry)) {
                        entries.add(entry.getName() + " " + entry.getMethod() + " " + entry.getTime() + " "
                                + entry.getCrc() + " " + java.util.Arrays.hashCode(raw.readAllBytes()));
                    }
                }
            }
        }
        return entries;
    }

    private static void put(ZipOutputStream out, String name, String text, boolean stored) throws IOException {
        byte[] content = text.getBytes(UTF_8);
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(TIME);
        if (stored) {
            CRC32 crc = new CRC32();
            crc.update(content);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
        }
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}

package io.mimic.maven;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A JAR or WAR. It is written anew once, with every entry that did not change copied as it lies there, compressed bytes, times and order;
 * nested jars stay stored, as Spring Boot needs them.
 */
final class ArchiveTree implements Tree {
    private final Path archive;
    private final ZipFile zip;
    private final Map<String, Optional<byte[]>> changes = new TreeMap<>();

    private ArchiveTree(Path archive, ZipFile zip) {
        this.archive = archive;
        this.zip = zip;
    }

    /** @throws IOException also when the archive must not be rewritten; the message says why and what to do */
    static ArchiveTree open(Path archive) throws IOException {
        ZipFile zip = ZipFile.builder().setPath(archive).get();
        try {
            refuse(archive, zip);
        } catch (IOException e) {
            zip.close();
            throw e;
        }
        return new ArchiveTree(archive, zip);
    }

    private static void refuse(Path archive, ZipFile zip) throws IOException {
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            if (entry.getName().matches("META-INF/[^/]+\\.(SF|DSA|RSA|EC)")) {
                throw new IOException(archive + " is signed: instrument it before it is signed.");
            }
        }
        InputStream before = zip.getContentBeforeFirstLocalFileHeader();
        if (before != null) {
            before.close();
            throw new IOException(archive
                    + " begins with a script: declare mimic-maven-plugin before the plugin that makes it executable.");
        }
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            if (!entry.isDirectory() && !changes.containsKey(entry.getName())) {
                names.add(entry.getName());
            }
        }
        changes.forEach((name, content) -> content.ifPresent(present -> names.add(name)));
        Collections.sort(names);
        return names;
    }

    @Override
    public boolean has(String name) {
        Optional<byte[]> change = changes.get(name);
        return change == null ? zip.getEntry(name) != null : change.isPresent();
    }

    @Override
    public byte[] read(String name) throws IOException {
        Optional<byte[]> change = changes.get(name);
        if (change != null && change.isPresent()) {
            return change.get();
        }
        ZipArchiveEntry entry = zip.getEntry(name);
        if (entry == null || change != null) {
            throw new IOException(archive + " has no entry " + name + ".");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    @Override
    public void write(String name, byte[] content) {
        changes.put(name, Optional.of(content));
    }

    @Override
    public void delete(String name) {
        if (zip.getEntry(name) == null) {
            changes.remove(name);
        } else {
            changes.put(name, Optional.empty());
        }
    }

    @Override
    public void commit() throws IOException {
        if (changes.isEmpty()) {
            return;
        }
        Path replacement = Files.createTempFile(archive.toAbsolutePath().getParent(), ".mimic", ".tmp");
        try {
            try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(replacement)) {
                write(out);
            }
            zip.close();
            Files.move(replacement, archive, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(replacement);
        }
    }

    private void write(ZipArchiveOutputStream out) throws IOException {
        Map<String, Optional<byte[]>> left = new TreeMap<>(changes);
        long newest = 0;
        for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
            newest = Math.max(newest, entry.getTime());
            Optional<byte[]> change = left.remove(entry.getName());
            if (change == null) {
                out.addRawArchiveEntry(entry, zip.getRawInputStream(entry));
            } else if (change.isPresent()) {
                put(out, entry.getName(), entry.getTime(), entry.getUnixMode(), change.get());
            }
        }
        for (Map.Entry<String, Optional<byte[]>> added : left.entrySet()) {
            // not the time of day: the same input makes the same archive
            put(out, added.getKey(), newest, 0, added.getValue().orElseThrow());
        }
    }

    private static void put(ZipArchiveOutputStream out, String name, long time, int mode, byte[] content)
            throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setTime(time);
        if (mode != 0) {
            entry.setUnixMode(mode);
        }
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    @Override
    public String toString() {
        return archive.toString();
    }
}

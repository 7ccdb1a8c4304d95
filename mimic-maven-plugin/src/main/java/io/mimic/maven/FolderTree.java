package io.mimic.maven;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A folder of the file system. Each file is replaced as a whole, so that a build that is killed leaves no half page. */
final class FolderTree implements Tree {
    private static final Set<String> NEVER = Set.of("node_modules", "bower_components");

    private final Path folder;
    private final List<Path> leftOut;

    /** @param leftOut folders that are not looked into, such as the build's own */
    FolderTree(Path folder, List<Path> leftOut) {
        this.folder = folder.toAbsolutePath().normalize();
        this.leftOut =
                leftOut.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    }

    @Override
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return names;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                boolean skipped = !dir.equals(folder) && skips(dir);
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                // a link is told when it is to be read
                if (attributes.isRegularFile() || (attributes.isSymbolicLink() && Files.isRegularFile(file))) {
                    names.add(name(file));
                } else if (attributes.isSymbolicLink() && Files.isDirectory(file) && !skips(file)) {
                    names.add(name(file) + "/");
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // tried again, and told, when it is to be read
                names.add(name(file));
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(names);
        return names;
    }

    private String name(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private boolean skips(Path dir) {
        String name = String.valueOf(dir.getFileName());
        return name.startsWith(".") || NEVER.contains(name) || leftOut.contains(dir);
    }

    @Override
    public boolean has(String name) {
        return Files.isRegularFile(folder.resolve(name));
    }

    @Override
    public byte[] read(String name) throws IOException {
        Path file = folder.resolve(name);
        if (Files.isSymbolicLink(file)) {
            throw new IOException("it is a symbolic link, and what it leads to may not be the app's own");
        }
        return Files.readAllBytes(file);
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Path parent = Files.createDirectories(file.toAbsolutePath().getParent());
        if (!Files.exists(file)) {
            Files.write(file, content);
            return;
        }
        if (!Files.isWritable(file)) {
            throw new IOException("it is read-only");
        }
        Path replacement = Files.createTempFile(parent, ".mimic", ".tmp");
        try {
            Files.write(replacement, content);
            copyPermissions(file, replacement);
            Files.move(replacement, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(replacement);
        }
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        if (Files.getFileAttributeView(from, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        Path parent = file.getParent();
        if (parent != null && !parent.equals(folder) && Files.isDirectory(parent) && isEmpty(parent)) {
            Files.delete(parent);
        }
    }

    private static boolean isEmpty(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.findAny().isEmpty();
        }
    }

    @Override
    public void commit() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return folder.toString();
    }
}

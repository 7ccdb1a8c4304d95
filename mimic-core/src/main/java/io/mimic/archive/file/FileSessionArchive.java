package io.mimic.archive.file;

import io.mimic.archive.SessionArchive;
import io.mimic.store.StoreException;
import io.mimic.store.StoreHealth;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file an object. A file is written beside the tree, flushed, and renamed to its place in one step; then the folder is flushed, so
 * that the name is as durable as the content. The folder belongs to this process.
 */
public final class FileSessionArchive implements SessionArchive {
    private final Path root;
    private final Path unfinished;
    private final Clock clock;

    private FileSessionArchive(Path root, Clock clock) {
        this.root = root;
        this.unfinished = root.resolve(".unfinished");
        this.clock = clock;
    }

    /**
     * Opens the folder, or makes it, and drops what a killed process left unfinished.
     *
     * @throws StoreException when it cannot be written
     */
    public static FileSessionArchive open(Path root, Clock clock) {
        FileSessionArchive archive = new FileSessionArchive(root, clock);
        try {
            Files.createDirectories(archive.unfinished);
            try (Stream<Path> left = Files.list(archive.unfinished)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
            return archive;
        } catch (IOException e) {
            throw archive.failure("open", "", e);
        }
    }

    @Override
    public void put(String name, Path file) {
        Path target = path(name);
        Path temporary = null;
        try {
            temporary = Files.createTempFile(unfinished, "object", ".tmp");
            Files.copy(file, temporary, StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(temporary, FileTime.fromMillis(clock.millis()));
            flush(temporary);
            place(temporary, target);
        } catch (IOException e) {
            throw failure("store", name, e);
        } finally {
            drop(temporary);
        }
    }

    /** One at a time with {@link #delete}, which removes empty folders. */
    private synchronized void place(Path temporary, Path target) throws IOException {
        makeFolders(target);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        flushFolder(parent(target));
    }

    private void makeFolders(Path target) throws IOException {
        Path parent = parent(target);
        Path there = parent;
        while (!Files.isDirectory(there)) {
            there = parent(there);
        }
        Files.createDirectories(parent);
        for (Path made = parent; !made.equals(there); made = parent(made)) {
            flushFolder(parent(made));
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " has no parent");
        }
        return parent;
    }

    private static void flush(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void flushFolder(Path folder) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return; // a folder cannot be opened there; the file system's own journal keeps the name
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void drop(@Nullable Path temporary) {
        try {
            if (temporary != null) {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            System.getLogger(FileSessionArchive.class.getName())
                    .log(System.Logger.Level.DEBUG, "An unfinished object stays until the next start.", e);
        }
    }

    @Override
    public InputStream open(String name, long offset, long length) throws IOException {
        Path file = path(name);
        boolean opened = false;
        SeekableByteChannel channel = opened(name, file);
        try {
            if (channel.size() < offset + length) {
                throw new StoreException(
                        "The archive's object " + name + " is damaged: it has " + channel.size() + " bytes, "
                                + (offset + length) + " are needed.",
                        null);
            }
            channel.position(offset);
            opened = true;
            return new BoundedStream(Channels.newInputStream(channel), length);
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    private SeekableByteChannel opened(String name, Path file) {
        try {
            return Files.newByteChannel(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new NoSuchObjectException(name);
        } catch (IOException e) {
            throw failure("read", name, e);
        }
    }

    @Override
    public synchronized void delete(String name) {
        Path file = path(name);
        try {
            Files.deleteIfExists(file);
            for (Path folder = parent(file); !folder.equals(root); folder = parent(folder)) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            return; // other objects lie in it
        } catch (IOException e) {
            throw failure("delete", name, e);
        }
    }

    /** Begins at the folder that the prefix names; objects that are deleted meanwhile are passed over. */
    @Override
    public void list(String prefix, Consumer<StoredObject> each) {
        int end = prefix.lastIndexOf('/');
        try {
            Files.walkFileTree(end < 0 ? root : path(prefix.substring(0, end)), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return folder.equals(unfinished) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = root.relativize(file).toString().replace('\\', '/');
                    if (attributes.isRegularFile() && name.startsWith(prefix)) {
                        each.accept(new StoredObject(
                                name,
                                attributes.size(),
                                attributes.lastModifiedTime().toMillis()));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException && Files.isDirectory(root)) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw failure("list", prefix, e);
        }
    }

    @Override
    public StoreHealth health() {
        try {
            Files.delete(Files.createTempFile(unfinished, "probe", ".tmp"));
            return StoreHealth.up("file");
        } catch (IOException e) {
            return StoreHealth.down(String.valueOf(failure("write", "", e).getMessage()));
        }
    }

    @Override
    public void close() {}

    private Path path(String name) {
        if (!name.matches("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")
                || Stream.of(name.split("/", -1)).anyMatch(part -> part.startsWith("."))) {
            throw new IllegalArgumentException("\"" + name + "\" cannot name an object of the archive.");
        }
        return root.resolve(name);
    }

    private StoreException failure(String doing, String name, Exception cause) {
        String what = name.isEmpty() ? "" : " " + name;
        return new StoreException(
                "MIMIC's archive " + root.toAbsolutePath() + " could not " + doing + what + ": " + cause, cause);
    }
}

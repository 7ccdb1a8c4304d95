package io.mimic.archive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** The folder of this process's temporary files, which hold parts of sessions: readable by its owner alone. Thread-safe. */
public final class WorkFolder {
    private static final FileAttribute<?>[] OWNER_ONLY =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                    }
                    : new FileAttribute<?>[0];

    private final Path path;

    /** @param path where it is made when the first file is needed; nobody else's */
    public WorkFolder(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** A name for a new file in the folder, which is made if need be. Whoever asks makes the file, and removes it. */
    public Path newFile(String kind) throws IOException {
        if (!Files.isDirectory(path)) {
            Path parent = path.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                Files.createDirectory(path, OWNER_ONLY);
            } catch (java.nio.file.FileAlreadyExistsException e) {
                if (!Files.isDirectory(path)) {
                    throw e;
                }
            }
        }
        return path.resolve(kind + "-" + UUID.randomUUID());
    }

    /** Removes it with the files that a process left that was killed. Only when nobody uses it. */
    public void remove() throws IOException {
        if (!Files.isDirectory(path)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(path);
    }
}

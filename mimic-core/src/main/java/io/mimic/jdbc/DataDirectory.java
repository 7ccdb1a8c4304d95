package io.mimic.jdbc;

import io.mimic.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A folder that belongs to one process while it is open. A second opener, in this process or another, is told who holds it.
 *
 * <p>Besides the file's lock, the JVM's system properties hold a mark: a second class loader of this process must not open the lock file at all, since
 * closing it there would drop the lock of the first on POSIX systems.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String LOCK = "mimic.lock";
    private static final String HOLDER = "mimic.holder";

    private final Path path;
    private final String mark;
    private final FileChannel channel;

    private DataDirectory(Path path, String mark, FileChannel channel) {
        this.path = path;
        this.mark = mark;
        this.channel = channel;
    }

    /**
     * Makes the folder if there is none, and takes it.
     *
     * @throws StoreException when it cannot be made or written, or is held: the message names the holder's process, host and since when
     */
    public static DataDirectory open(Path folder, Clock clock) {
        Path path = madeWritable(folder);
        String mark = "io.mimic.held:" + path;
        String holder = holder(clock);
        @Nullable Object other = System.getProperties().putIfAbsent(mark, holder);
        if (other != null) {
            throw held(path, other + " (another webapp of this process)");
        }
        boolean taken = false;
        try {
            DataDirectory directory = new DataDirectory(path, mark, locked(path));
            Files.writeString(path.resolve(HOLDER), holder);
            taken = true;
            return directory;
        } catch (IOException e) {
            throw unwritable(path, e);
        } finally {
            if (!taken) {
                System.getProperties().remove(mark);
            }
        }
    }

    public Path path() {
        return path;
    }

    private static Path madeWritable(Path folder) {
        try {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, "probe", ".tmp");
            Files.delete(probe);
            return folder.toRealPath();
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static FileChannel locked(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw held(path, "this process");
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw held(path, namedHolder(path));
        }
        return channel;
    }

    private static String namedHolder(Path path) {
        try {
            return Files.readString(path.resolve(HOLDER)).strip();
        } catch (IOException e) {
            return "another process";
        }
    }

    private static String holder(Clock clock) {
        return "process " + ProcessHandle.current().pid() + " on " + host() + " since "
                + clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "this host";
        }
    }

    private static StoreException held(Path path, String holder) {
        return new StoreException(
                "MIMIC's data directory " + path + " is held by " + holder
                        + ". Set mimic.data-dir to another folder, or stop that process.",
                null);
    }

    private static StoreException unwritable(Path path, IOException cause) {
        return new StoreException(
                "MIMIC's data directory " + path.toAbsolutePath() + " (mimic.data-dir) cannot be written by user "
                        + System.getProperty("user.name") + ": " + cause,
                cause);
    }

    /** Gives the folder free. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path.resolve(HOLDER));
            channel.close();
        } catch (IOException e) {
            System.getLogger(DataDirectory.class.getName())
                    .log(System.Logger.Level.WARNING, "The lock of " + path + " could not be given back cleanly.", e);
        } finally {
            System.getProperties().remove(mark);
        }
    }
}

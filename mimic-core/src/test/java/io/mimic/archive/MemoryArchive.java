package io.mimic.archive;

import io.mimic.store.StoreException;
import io.mimic.store.StoreHealth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Objects in memory, so that tests can damage them. */
public final class MemoryArchive implements SessionArchive {
    public final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Map<String, Long> modified = new ConcurrentHashMap<>();
    private final Clock clock;

    /** Called before an object is put; may throw. */
    public Consumer<String> beforePut = name -> {};

    public MemoryArchive(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void put(String name, Path file) {
        beforePut.accept(name);
        try {
            objects.put(name, Files.readAllBytes(file));
            modified.put(name, clock.millis());
        } catch (IOException e) {
            throw new StoreException("could not read the file", e);
        }
    }

    @Override
    public InputStream open(String name, long offset, long length) {
        byte[] object = objects.get(name);
        if (object == null) {
            throw new NoSuchObjectException(name);
        }
        int from = (int) Math.min(object.length, offset);
        return new ByteArrayInputStream(object, from, (int) Math.min(object.length - from, length));
    }

    @Override
    public void delete(String name) {
        objects.remove(name);
        modified.remove(name);
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> each) {
        Map.copyOf(objects).forEach((name, object) -> {
            if (name.startsWith(prefix)) {
                each.accept(new StoredObject(name, object.length, modified.getOrDefault(name, 0L)));
            }
        });
    }

    @Override
    public StoreHealth health() {
        return StoreHealth.up("memory");
    }

    @Override
    public void close() {}
}

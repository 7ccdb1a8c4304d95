package io.mimic.ingest;

import io.mimic.buffer.Append;
import io.mimic.buffer.Appended;
import io.mimic.buffer.BufferUsage;
import io.mimic.buffer.BufferedSession;
import io.mimic.buffer.Chunk;
import io.mimic.buffer.ChunkKey;
import io.mimic.buffer.Claim;
import io.mimic.buffer.ErasedBatches;
import io.mimic.buffer.SessionBuffer;
import io.mimic.store.StoreException;
import io.mimic.store.StoreHealth;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** As much of a buffer as ingest can see: sessions that never end. */
final class MemoryBuffer implements SessionBuffer {
    final Map<ChunkKey, Append> appends = new LinkedHashMap<>();
    private final Map<String, UUID> pages = new HashMap<>();
    private final Map<UUID, String> clients = new HashMap<>();
    volatile boolean down;
    volatile boolean full;

    @Override
    public synchronized Appended append(Append append) {
        if (down) {
            throw new StoreException("The buffer is down.", null);
        }
        if (full) {
            throw StoreException.full("The buffer is full.");
        }
        boolean duplicate = appends.putIfAbsent(append.chunk().key(), append) != null;
        UUID named = append.tokenSession() == null ? append.freshSession() : append.tokenSession();
        UUID session = pages.computeIfAbsent(append.chunk().page(), page -> named);
        boolean created = session.equals(append.freshSession());
        if (append.client() != null) {
            clients.putIfAbsent(session, append.client());
        }
        return new Appended(session, created, false, duplicate, false, clients.get(session), 1_000);
    }

    Append only() {
        if (appends.size() != 1) {
            throw new AssertionError("Expected one batch, there are " + appends.size());
        }
        return appends.values().iterator().next();
    }

    Chunk onlyChunk() {
        return only().chunk();
    }

    @Override
    public boolean attach(String project, UUID session, Chunk chunk) {
        return false;
    }

    @Override
    public List<Claim> claim(int limit) {
        return List.of();
    }

    @Override
    public boolean renew(Claim claim) {
        return false;
    }

    @Override
    public void read(String project, UUID session, ChunkVisitor visitor) {}

    @Override
    public int firstSeq(String project, UUID session, String page) {
        return 0;
    }

    @Override
    public boolean complete(Claim claim, Collection<ChunkKey> committed) {
        return false;
    }

    @Override
    public void release(Claim claim, Duration delay) {}

    @Override
    public void sessions(String project, Consumer<BufferedSession> each) {}

    @Override
    public ErasedBatches erase(String project, UUID session) {
        return new ErasedBatches(0, 0);
    }

    @Override
    public void sweep() {}

    @Override
    public BufferUsage usage() {
        return new BufferUsage(0, 0, 0, 0);
    }

    @Override
    public StoreHealth health() {
        return StoreHealth.up(null);
    }

    @Override
    public void close() {}
}

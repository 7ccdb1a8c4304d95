package io.mimic.buffer.redis;

import io.mimic.buffer.Append;
import io.mimic.buffer.Appended;
import io.mimic.buffer.BufferUsage;
import io.mimic.buffer.BufferedSession;
import io.mimic.buffer.Chunk;
import io.mimic.buffer.ChunkCodec;
import io.mimic.buffer.ChunkKey;
import io.mimic.buffer.Claim;
import io.mimic.buffer.ErasedBatches;
import io.mimic.buffer.SessionBounds;
import io.mimic.buffer.SessionBuffer;
import io.mimic.store.StoreException;
import io.mimic.store.StoreHealth;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The buffer in Redis, shared by any number of nodes; Redis' clock decides. What it acknowledges is as durable as the Redis is: with
 * {@code appendfsync always}, or with a replica waited for.
 */
public final class RedisSessionBuffer implements SessionBuffer {
    private final RedisLink link;
    private final RedisKeys keys;
    private final SessionBounds bounds;
    private final LongSupplier shift;
    private final PageBindings bindings;
    private final RedisClaims claims;
    private final RedisUsage usage;
    private @Nullable ExpiryNotices notices;

    private RedisSessionBuffer(RedisLink link, RedisSettings settings, SessionBounds bounds, LongSupplier shift) {
        this.link = link;
        this.keys = new RedisKeys(settings.prefix());
        this.bounds = bounds;
        this.shift = shift;
        this.bindings = new PageBindings(link, keys, bounds, shift);
        this.claims = new RedisClaims(link, keys, bounds, shift);
        this.usage = new RedisUsage(link, keys, bounds, shift, settings.maxBytes());
    }

    /**
     * Connects, and loads the scripts.
     *
     * @throws StoreException when Redis cannot be reached, or cannot do what the settings ask for; nothing stays open then
     */
    public static RedisSessionBuffer open(RedisSettings settings, SessionBounds bounds) {
        return open(settings, bounds, () -> 0);
    }

    /** @param shift ms that are added to Redis' clock, for tests */
    static RedisSessionBuffer open(RedisSettings settings, SessionBounds bounds, LongSupplier shift) {
        RedisLink link = RedisLink.open(settings);
        boolean ready = false;
        try {
            RedisServers.check(link, settings);
            RedisSessionBuffer buffer = new RedisSessionBuffer(link, settings, bounds, shift);
            for (RedisScript script : RedisScript.values()) {
                link.load(script, buffer.keys);
            }
            ready = true;
            return buffer;
        } finally {
            if (!ready) {
                link.close();
            }
        }
    }

    @Override
    public Appended append(Append append) {
        byte[] value = value(append.chunk());
        return new AppendRun(link, keys, bindings, bounds, shift, append, value, usage.full()).run();
    }

    @Override
    public boolean attach(String project, UUID session, Chunk chunk) {
        int partition = RedisKeys.partition(session);
        return Long.valueOf(1)
                .equals(link.runAndWait(
                        "store what the server saw",
                        RedisScript.ATTACH,
                        List.of(keys.events(project, session), keys.due(partition), keys.sums(partition)),
                        new Arguments()
                                .add(shift.getAsLong())
                                .add(RedisKeys.member(project, session))
                                .add(SessionFields.name(chunk.key()))
                                .add(chunk.rawBytes())
                                .add(value(chunk))
                                .add(bounds.timeout().plus(bounds.grace()).toMillis())
                                .add(bounds.partialBytes())
                                .add(bounds.partialAge().toMillis())));
    }

    @Override
    public List<Claim> claim(int limit) {
        return claims.claim(limit);
    }

    @Override
    public synchronized void onDue(Runnable wake) {
        if (notices != null) {
            notices.close();
        }
        notices = new ExpiryNotices(link, keys, wake);
        notices.start();
    }

    @Override
    public boolean renew(Claim claim) {
        return claims.hold(claim, bounds.lease(), true);
    }

    @Override
    public void read(String project, UUID session, ChunkVisitor visitor) {
        byte[] events = keys.events(project, session);
        for (String field : SessionFields.inOrder(link, events)) {
            byte @Nullable [] value =
                    link.call("read a batch", jedis -> jedis.hget(events, SessionFields.bytes(field)));
            if (value != null) {
                visitor.visit(decoded(value, field));
            }
        }
    }

    @Override
    public int firstSeq(String project, UUID session, String page) {
        return SessionFields.firstSeq(link, keys.events(project, session), page);
    }

    private static byte[] value(Chunk chunk) {
        return SessionFields.value(chunk.rawBytes(), ChunkCodec.encode(chunk));
    }

    private static Chunk decoded(byte[] value, String field) {
        try {
            return ChunkCodec.decode(SessionFields.body(value));
        } catch (IllegalArgumentException e) {
            throw StoreException.damaged("Batch " + field + " is damaged in Redis.", e);
        }
    }

    @Override
    public boolean complete(Claim claim, Collection<ChunkKey> committed) {
        return claims.complete(claim, committed);
    }

    @Override
    public void release(Claim claim, Duration delay) {
        claims.hold(claim, delay, false);
    }

    @Override
    public void sessions(String project, Consumer<BufferedSession> each) {
        claims.sessions(project, each);
    }

    @Override
    public ErasedBatches erase(String project, UUID session) {
        return claims.erase(project, session);
    }

    @Override
    public void recall(String project, UUID session) {
        claims.recall(project, session);
    }

    @Override
    public void sweep() {
        claims.forget();
    }

    @Override
    public BufferUsage usage() {
        return usage.now();
    }

    @Override
    public StoreHealth health() {
        try {
            link.call("answer", jedis -> jedis.exists(keys.due(0)));
            return usage.full()
                    ? StoreHealth.down("Redis holds as many bytes as mimic.redis.max-bytes allows.")
                    : StoreHealth.up(link.describe());
        } catch (StoreException e) {
            return StoreHealth.down(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public synchronized void close() {
        if (notices != null) {
            notices.close();
        }
        link.close();
    }
}

package io.mimic.buffer.redis;

import io.mimic.buffer.Append;
import io.mimic.buffer.Appended;
import io.mimic.buffer.SessionBounds;
import io.mimic.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One append. Usually one round trip: the page's session takes the batch. When that session cannot go on, the page is bound to the token's or to
 * a new one, and the batch goes there.
 */
final class AppendRun {
    private static final int CREATED = 1;
    private static final int RESUMED = 2;
    private static final int SNAPSHOT = 4;
    private static final int ATTEMPTS = 8;
    /** Longer than a node may take to make the session that it promised; see append.lua. */
    private static final Duration PROMISE = Duration.ofSeconds(90);

    private final RedisLink link;
    private final RedisKeys keys;
    private final PageBindings bindings;
    private final SessionBounds bounds;
    private final LongSupplier shift;
    private final Append append;
    private final byte[] value;
    private final boolean full;
    private boolean tokenTried;

    AppendRun(
            RedisLink link,
            RedisKeys keys,
            PageBindings bindings,
            SessionBounds bounds,
            LongSupplier shift,
            Append append,
            byte[] value,
            boolean full) {
        this.link = link;
        this.keys = keys;
        this.bindings = bindings;
        this.bounds = bounds;
        this.shift = shift;
        this.append = append;
        this.value = value;
        this.full = full;
    }

    Appended run() {
        @Nullable UUID token = append.tokenSession();
        PageBinding binding = bindings.bind(
                append.project(), append.chunk().page(), token == null ? append.freshSession() : token, token == null);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Reply reply = send(binding, binding.formers().isEmpty() ? 0 : -1, false, null);
            if (reply.text(0).equals("former")) {
                Former former = askFormers(binding);
                if (former.answer() != null) {
                    return former.answer();
                }
                reply = send(binding, former.base(), true, former.client());
            }
            switch (reply.text(0)) {
                case "stored", "duplicate" -> {
                    return appended(binding.session(), reply, 1, reply.text(0).equals("duplicate"));
                }
                case "full" ->
                    throw StoreException.full(
                            "Redis holds as many bytes as mimic.redis.max-bytes allows: no new session begins until some are archived.");
                case "gone" -> binding = rebind(binding, Duration.ZERO, reply.number(4) >= 0);
                case "missing" -> binding = rebind(binding, Duration.ZERO, false);
                default -> binding = rebind(binding, PROMISE, false);
            }
        }
        throw new StoreException("A page's session changed too often while its batch was stored.", null);
    }

    private PageBinding rebind(PageBinding before, Duration minAge, boolean holds) {
        @Nullable UUID token = append.tokenSession();
        boolean byToken = token != null && !tokenTried && !token.equals(before.session());
        tokenTried = true;
        UUID next = byToken ? Objects.requireNonNull(token) : append.freshSession();
        PageBinding after =
                bindings.rebind(append.project(), append.chunk().page(), before, next, !byToken, minAge, holds);
        if (after.session().equals(before.session())) {
            throw new StoreException("A page's session was promised by a node that has not made it yet.", null);
        }
        return after;
    }

    private Reply send(PageBinding binding, long base, boolean formersAsked, @Nullable String inherited) {
        int partition = RedisKeys.partition(binding.session());
        Arguments arguments = new Arguments()
                .add(shift.getAsLong())
                .add(RedisKeys.member(append.project(), binding.session()))
                .add(append.chunk().page())
                .add(append.chunk().seq())
                .add(append.chunk().rawBytes())
                .add(value)
                .add(append.client())
                .add(bounds.timeout().plus(bounds.grace()).toMillis())
                .add(bounds.resume().toMillis())
                .add(bounds.maxDuration().toMillis())
                .add(bounds.partialBytes())
                .add(bounds.partialAge().toMillis())
                .add(binding.fresh())
                .add(binding.promisedAt())
                .add(base)
                .add(formersAsked)
                .add(!binding.formers().isEmpty())
                .add(inherited)
                .add(full);
        @Nullable
        Reply reply = Reply.of(link.runAndWait(
                "store a batch",
                RedisScript.APPEND,
                List.of(
                        keys.events(append.project(), binding.session()),
                        keys.alive(append.project(), binding.session()),
                        keys.due(partition),
                        keys.seen(partition),
                        keys.sums(partition),
                        keys.old(partition)),
                arguments));
        if (reply == null) {
            throw new StoreException("Redis answered nothing to a batch.", null);
        }
        return reply;
    }

    private Former askFormers(PageBinding binding) {
        long highest = -1;
        @Nullable String client = null;
        for (UUID former : binding.formers()) {
            @Nullable
            Reply reply = Reply.of(link.run(
                    "ask a page's earlier session",
                    RedisScript.PEEK,
                    List.of(keys.events(append.project(), former)),
                    new Arguments()
                            .add(append.chunk().page())
                            .add(append.chunk().seq())));
            if (reply == null) {
                continue;
            }
            if (reply.number(2) == 1) {
                return new Former(0, null, peeked(former, reply));
            }
            highest = Math.max(highest, reply.number(0));
            client = client == null ? reply.textOrNull(1) : client;
        }
        return new Former(highest + 1, client, null);
    }

    private static Appended peeked(UUID session, Reply reply) {
        long answer = reply.number(3);
        return answered(session, answer, true, reply.textOrNull(1), reply.number(4));
    }

    private static Appended appended(UUID session, Reply reply, int index, boolean duplicate) {
        return answered(session, reply.number(index), duplicate, reply.textOrNull(2), reply.number(3));
    }

    private static Appended answered(UUID session, long answer, boolean duplicate, @Nullable String client, long at) {
        return new Appended(
                session,
                (answer & CREATED) != 0,
                (answer & RESUMED) != 0,
                duplicate,
                (answer & SNAPSHOT) != 0,
                client,
                at);
    }

    /**
     * What a page's earlier sessions know.
     *
     * @param base smaller numbers may lie there, this and larger ones do not
     * @param answer the batch was taken there; null when it was not
     */
    private record Former(
            long base, @Nullable String client, @Nullable Appended answer) {}
}

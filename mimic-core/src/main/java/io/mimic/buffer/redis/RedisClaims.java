package io.mimic.buffer.redis;

import io.mimic.buffer.BufferedSession;
import io.mimic.buffer.ChunkKey;
import io.mimic.buffer.Claim;
import io.mimic.buffer.ErasedBatches;
import io.mimic.buffer.SessionBounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.resps.Tuple;

/** Claims, erasure and forgetting: everything that goes by the partitions' indexes. */
final class RedisClaims {
    private static final int DROPPED_AT_ONCE = 500;
    private static final int FORGOTTEN_AT_ONCE = 50;
    private static final ScanParams LISTED_AT_ONCE = new ScanParams().count(500);

    private final RedisLink link;
    private final RedisKeys keys;
    private final SessionBounds bounds;
    private final LongSupplier shift;
    private final long idleMs;
    private final long keptMs;

    RedisClaims(RedisLink link, RedisKeys keys, SessionBounds bounds, LongSupplier shift) {
        this.link = link;
        this.keys = keys;
        this.bounds = bounds;
        this.shift = shift;
        this.idleMs = bounds.timeout().plus(bounds.grace()).toMillis();
        this.keptMs = Math.max(bounds.resume().toMillis(), Duration.ofHours(1).toMillis());
    }

    List<Claim> claim(int limit) {
        long now = now();
        List<Tuple> due = indexed("look for sessions to archive", keys::due, now, limit);
        due.sort(Comparator.comparingDouble(Tuple::getScore));
        List<Claim> claims = new ArrayList<>();
        for (Tuple tuple : due) {
            if (claims.size() == limit) {
                break;
            }
            @Nullable Claim claim = claim(tuple.getElement());
            if (claim != null) {
                claims.add(claim);
            }
        }
        return claims;
    }

    private @Nullable Claim claim(String member) {
        Member session = Member.parse(member);
        String lease = UUID.randomUUID().toString();
        @Nullable
        Reply reply = Reply.of(link.run(
                "claim a session",
                RedisScript.CLAIM,
                indexes(session),
                new Arguments()
                        .add(shift.getAsLong())
                        .add(member)
                        .add(lease)
                        .add(bounds.lease().toMillis())
                        .add(idleMs)));
        return reply == null
                ? null
                : new Claim(
                        session.project(),
                        session.id(),
                        reply.number(0) == 1,
                        lease,
                        reply.number(1),
                        reply.number(2),
                        reply.textOrNull(3));
    }

    /** Renews a claim, or gives it back for after {@code time}. */
    boolean hold(Claim claim, Duration time, boolean renewed) {
        Member session = new Member(claim.project(), claim.session());
        return Long.valueOf(1)
                .equals(link.run(
                        "renew a claim",
                        RedisScript.HOLD,
                        List.of(session.events(keys), keys.due(session.partition())),
                        new Arguments()
                                .add(shift.getAsLong())
                                .add(session.text())
                                .add(claim.lease())
                                .add(time.toMillis())
                                .add(renewed)));
    }

    boolean complete(Claim claim, Collection<ChunkKey> committed) {
        Member session = new Member(claim.project(), claim.session());
        drop(session, List.copyOf(committed));
        return Long.valueOf(1)
                .equals(link.runAndWait(
                        "give back a claim",
                        RedisScript.COMPLETE,
                        List.of(
                                session.events(keys),
                                keys.due(session.partition()),
                                keys.seen(session.partition()),
                                keys.old(session.partition()),
                                keys.alive(session.project(), session.id()),
                                keys.sums(session.partition())),
                        new Arguments()
                                .add(shift.getAsLong())
                                .add(session.text())
                                .add(claim.lease())
                                .add(claim.ended())
                                .add(committed.size())
                                .add(idleMs)
                                .add(bounds.partialBytes())
                                .add(bounds.partialAge().toMillis())
                                .add(2 * keptMs)));
    }

    private void drop(Member session, List<ChunkKey> committed) {
        for (int from = 0; from < committed.size(); from += DROPPED_AT_ONCE) {
            Arguments fields = new Arguments();
            for (ChunkKey key : committed.subList(from, Math.min(committed.size(), from + DROPPED_AT_ONCE))) {
                fields.add(key.page() + ":" + key.seq());
            }
            link.run(
                    "delete archived batches",
                    RedisScript.DROP,
                    List.of(session.events(keys), keys.sums(session.partition())),
                    fields);
        }
    }

    void sessions(String project, Consumer<BufferedSession> each) {
        for (int partition = 0; partition < RedisKeys.PARTITIONS; partition++) {
            byte[] index = keys.seen(partition);
            byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
            do {
                byte[] from = cursor;
                ScanResult<Tuple> some =
                        link.call("list active sessions", jedis -> jedis.zscan(index, from, LISTED_AT_ONCE));
                some.getResult().stream()
                        .map(tuple -> Member.parse(tuple.getElement()))
                        .filter(member -> member.project().equals(project))
                        .forEach(member -> each.accept(new BufferedSession(member.id(), client(member))));
                cursor = some.getCursorAsBytes();
            } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
        }
    }

    private @Nullable String client(Member member) {
        byte @Nullable [] value =
                link.call("read a session", jedis -> jedis.hget(member.events(keys), SessionFields.bytes("client")));
        return value == null || value.length == 0 ? null : RedisLink.text(value);
    }

    ErasedBatches erase(String project, UUID id) {
        Member session = new Member(project, id);
        @Nullable
        Reply reply = Reply.of(link.runAndWait(
                "erase a session",
                RedisScript.ERASE,
                List.of(
                        session.events(keys),
                        keys.due(session.partition()),
                        keys.seen(session.partition()),
                        keys.sums(session.partition()),
                        keys.old(session.partition()),
                        keys.alive(project, id)),
                new Arguments().add(session.text()).add(2 * keptMs)));
        return reply == null ? new ErasedBatches(0, 0) : new ErasedBatches(reply.number(0), reply.number(1));
    }

    void recall(String project, UUID id) {
        Member session = new Member(project, id);
        link.run(
                "look after a quiet session",
                RedisScript.RECALL,
                indexes(session),
                new Arguments().add(shift.getAsLong()).add(session.text()));
    }

    private List<byte[]> indexes(Member session) {
        int partition = session.partition();
        return List.of(session.events(keys), keys.due(partition), keys.seen(partition), keys.sums(partition));
    }

    /** Forgets sessions that nobody can resume any more. */
    void forget() {
        long before = now() - keptMs;
        for (Tuple old : indexed("look for old sessions", keys::old, before - 1, FORGOTTEN_AT_ONCE)) {
            Member session = Member.parse(old.getElement());
            link.run(
                    "forget a session",
                    RedisScript.FORGET,
                    List.of(session.events(keys), keys.old(session.partition())),
                    new Arguments().add(session.text()).add(before));
        }
    }

    private List<Tuple> indexed(String doing, java.util.function.IntFunction<byte[]> index, long upTo, int limit) {
        List<Tuple> all = new ArrayList<>();
        link.<List<Tuple>>perPartition(
                        doing,
                        (pipeline, partition) ->
                                pipeline.zrangeByScoreWithScores(index.apply(partition), 0, (double) upTo, 0, limit))
                .forEach(all::addAll);
        return all;
    }

    /** By the clock of the server that holds the first partition; the scripts decide by their own server's. */
    private long now() {
        return RedisServers.time(link, keys) + shift.getAsLong();
    }

    /** A session's name in the indexes. */
    private record Member(String project, UUID id) {
        static Member parse(String text) {
            int slash = text.lastIndexOf('/');
            return new Member(text.substring(0, slash), UUID.fromString(text.substring(slash + 1)));
        }

        String text() {
            return RedisKeys.member(project, id);
        }

        int partition() {
            return RedisKeys.partition(id);
        }

        byte[] events(RedisKeys keys) {
            return keys.events(project, id);
        }
    }
}

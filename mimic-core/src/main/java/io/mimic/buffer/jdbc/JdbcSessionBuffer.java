package io.mimic.buffer.jdbc;

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
import io.mimic.jdbc.Database;
import io.mimic.jdbc.Sql;
import io.mimic.store.StoreException;
import io.mimic.store.StoreHealth;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The buffer in a SQL database, which it does not own: closing the buffer leaves the database open. The database's clock decides.
 */
public final class JdbcSessionBuffer implements SessionBuffer {
    private static final int LISTED_AT_ONCE = 500;

    private final Database database;
    private final SessionBounds bounds;
    private final ClaimSteps claims;

    public JdbcSessionBuffer(Database database, SessionBounds bounds) {
        this.database = database;
        this.bounds = bounds;
        this.claims = new ClaimSteps(database.dialect(), bounds);
    }

    @Override
    public Appended append(Append append) {
        byte[] body = ChunkCodec.encode(append.chunk());
        AppendStep step = new AppendStep(bounds, database.dialect(), append, body);
        return database.write("store a batch", body.length, sql -> step.run(sql, database.now(sql)));
    }

    @Override
    public boolean attach(String project, UUID session, Chunk chunk) {
        byte[] body = ChunkCodec.encode(chunk);
        AttachStep step = new AttachStep(bounds, database.dialect(), project, session, chunk, body);
        return database.write("store what the server saw", body.length, sql -> step.run(sql, database.now(sql)));
    }

    @Override
    public List<Claim> claim(int limit) {
        boolean waits = database.read(
                "look for sessions to archive",
                sql -> sql.number(
                                "SELECT COUNT(*) FROM (SELECT 1 FROM mimic_open_session WHERE due_at <= ? LIMIT 1) due",
                                database.now(sql))
                        > 0);
        return waits ? database.write("claim sessions", sql -> claims.claim(sql, limit, database.now(sql))) : List.of();
    }

    @Override
    public boolean renew(Claim claim) {
        return database.write("renew a claim", sql -> claims.renew(sql, claim, database.now(sql)));
    }

    @Override
    public void read(String project, UUID session, ChunkVisitor visitor) {
        List<ChunkKey> keys = database.read("list a session's batches", sql -> keys(sql, project, session));
        for (ChunkKey key : keys) {
            database.read("read a batch", sql -> body(sql, project, session, key))
                    .ifPresent(body -> visitor.visit(decoded(body, key)));
        }
    }

    private static List<ChunkKey> keys(Sql sql, String project, UUID session) throws SQLException {
        return sql.list(
                "SELECT page, seq FROM mimic_chunk WHERE project = ? AND session = ? ORDER BY page_no, seq",
                row -> new ChunkKey(row.getString(1), row.getInt(2)),
                project,
                session.toString());
    }

    private static Optional<byte[]> body(Sql sql, String project, UUID session, ChunkKey key) throws SQLException {
        return sql.first(
                "SELECT body FROM mimic_chunk WHERE project = ? AND page = ? AND seq = ? AND session = ?",
                row -> row.getBytes(1),
                project,
                key.page(),
                key.seq(),
                session.toString());
    }

    @Override
    public int firstSeq(String project, UUID session, String page) {
        return database.read("look for a page's earlier batches", sql -> (int) sql.number(
                "SELECT COALESCE(MAX(seq) + 1, 0) FROM mimic_seen WHERE project = ? AND page = ? AND session <> ?",
                project,
                page,
                session.toString()));
    }

    private static Chunk decoded(byte[] body, ChunkKey key) {
        try {
            return ChunkCodec.decode(body);
        } catch (IllegalArgumentException e) {
            throw StoreException.damaged(
                    "Batch " + key.seq() + " of page " + key.page() + " is damaged in the buffer.", e);
        }
    }

    @Override
    public boolean complete(Claim claim, Collection<ChunkKey> committed) {
        return database.write("give back a claim", sql -> claims.complete(sql, claim, committed, database.now(sql)));
    }

    @Override
    public void release(Claim claim, Duration delay) {
        database.write("give back a claim", sql -> claims.release(sql, claim, database.now(sql) + delay.toMillis()));
    }

    @Override
    public void sessions(String project, Consumer<BufferedSession> each) {
        String after = "";
        List<BufferedSession> some;
        do {
            String last = after;
            some = database.read(
                    "list buffered sessions",
                    sql -> sql.list(
                            "SELECT session, client FROM mimic_open_session WHERE project = ? AND session > ?"
                                    + " AND due_at IS NOT NULL ORDER BY session LIMIT ?",
                            row -> new BufferedSession(UUID.fromString(row.getString(1)), row.getString(2)),
                            project,
                            last,
                            LISTED_AT_ONCE));
            some.forEach(each);
            after = some.isEmpty() ? last : some.get(some.size() - 1).id().toString();
        } while (some.size() == LISTED_AT_ONCE);
    }

    @Override
    public ErasedBatches erase(String project, UUID session) {
        ErasedBatches erased = database.write("erase a session", sql -> claims.erase(sql, project, session));
        database.scrub();
        return erased;
    }

    @Override
    public void sweep() {
        long kept = Math.max(bounds.resume().toMillis(), Duration.ofHours(1).toMillis());
        database.write("forget ended sessions", sql -> claims.forget(sql, database.now(sql) - kept));
    }

    @Override
    public BufferUsage usage() {
        return database.read("count active sessions", sql -> {
            long dead = database.now(sql)
                    - bounds.timeout().toMillis()
                    - bounds.grace().toMillis();
            return sql.first(
                            "SELECT COALESCE(SUM(CASE WHEN seen_at > ? THEN 1 ELSE 0 END), 0), COUNT(*),"
                                    + " COALESCE(SUM(raw_bytes), 0), MIN(seen_at) FROM mimic_open_session"
                                    + " WHERE due_at IS NOT NULL",
                            row -> usage(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                            dead)
                    .orElseThrow();
        });
    }

    private BufferUsage usage(long active, long all, long bytes, long oldestSeen) {
        return new BufferUsage(
                active, all - active, bytes, all > active ? OpenSession.deadline(bounds, oldestSeen) : 0);
    }

    @Override
    public StoreHealth health() {
        return database.health();
    }

    @Override
    public void close() {}
}

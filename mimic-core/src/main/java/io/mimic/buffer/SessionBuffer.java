package io.mimic.buffer;

import io.mimic.store.StoreException;
import io.mimic.store.StoreHealth;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Active sessions: every batch that was accepted and is not archived yet. The buffer alone, by its own clock, decides which
 * session a batch belongs to and whether that session is open.
 *
 * <p><b>Contract</b> (one abstract test runs it on every implementation):
 *
 * <ul>
 *   <li>{@link #append} is durable when it returns and idempotent on (project, page, seq): a repetition stores nothing and answers
 *       as the first time. The page is bound to its session in the same step in which the session is made, so that a retry whose
 *       first answer was lost finds its session again, with or without its token. What was seen outlives the chunks for as long as the
 *       session may be resumed, and at least an hour.
 *   <li>The session of a batch is: its page's session while that one can go on; else the token's session if that is open or may be
 *       resumed; else a new one. A session can go on while its last batch is not older than {@code timeout + grace}, or, after
 *       that, within {@code resume} of it; never past {@code maxDuration}, and never once it was erased. A session that the
 *       buffer does not know cannot go on.
 *   <li>{@link #claim} gives an idle session (or one that is to be archived in part) to exactly one caller until the lease runs out. A
 *       claim hinders no append. After a partial claim is completed, each page of the session is asked for a snapshot once.
 *   <li>{@link #complete} deletes exactly the chunks that it is given. A session that got another batch since the claim stays open.
 * </ul>
 *
 * <p>Thread-safe. Every method throws {@link StoreException} when the store fails; nothing was then acknowledged, and the call may
 * be repeated.
 */
public interface SessionBuffer extends AutoCloseable {
    /** Stores a batch. Durable when it returns. */
    Appended append(Append append);

    /**
     * Adds a batch that the server itself made to a session that is open. Begins, resumes and prolongs no session: what the host does
     * for somebody who is not recorded any more is not recorded. Durable when it returns; a repetition of (page, seq) stores nothing and
     * answers true while the session is open.
     *
     * @param chunk of {@link Chunk#SERVER_WINDOW}, its page of a form that no browser's has
     * @return false when the session is not open here, and nothing was stored
     */
    boolean attach(String project, UUID session, Chunk chunk);

    /**
     * Claims up to {@code limit} sessions that wait to be archived, longest waiting first.
     *
     * @return empty when nothing waits
     */
    List<Claim> claim(int limit);

    /**
     * Asks to be told, on another thread, when a session may wait for {@link #claim}. Nothing may rest on it: a buffer tells late, too often or, as by
     * default, never. What was asked before is forgotten; ends with {@link #close}.
     */
    default void onDue(Runnable wake) {}

    /**
     * Prolongs a claim's lease.
     *
     * @return false when the claim has been lost; its holder must stop
     */
    boolean renew(Claim claim);

    /**
     * Shows a session's chunks, page by page in the order in which the pages were first seen, each in the order of {@code seq}. Holds at
     * most one chunk in memory. An unknown session shows nothing.
     */
    void read(String project, UUID session, ChunkVisitor visitor);

    /**
     * The smallest number that a page's batches can have in this session: those before it were taken by an earlier session.
     *
     * @return 0 when the buffer knows of no earlier session
     */
    int firstSeq(String project, UUID session, String page);

    /**
     * Deletes chunks that are committed to the archive and gives the claim back.
     *
     * @return true when the session is now ended and empty; false when more came in meanwhile or the claim was lost (chunks that
     *     are named are deleted even then, since they are committed)
     */
    boolean complete(Claim claim, Collection<ChunkKey> committed);

    /** Gives a claim back undone; the session can be claimed again after {@code delay}. */
    void release(Claim claim, Duration delay);

    /**
     * Shows the project's sessions that are open or wait to be archived, whether the catalog knows them or not, in no particular order and some
     * perhaps twice. One that begins or ends meanwhile may be missed.
     */
    void sessions(String project, Consumer<BufferedSession> each);

    /**
     * Removes a session with all its chunks, also while it is active; its later batches begin a new session.
     *
     * @return what was removed; nothing when it is unknown or was erased already
     */
    ErasedBatches erase(String project, UUID session);

    /**
     * Makes sure that a session of which nothing was heard for long can be claimed if it is here. Does nothing by default: for a buffer that may lose its
     * indexes and not what they lead to.
     */
    default void recall(String project, UUID session) {}

    /** Forgets what is past its time (seen numbers, ended sessions); a few rows a call. Called every minute or so. */
    void sweep();

    BufferUsage usage();

    StoreHealth health();

    @Override
    void close();

    /** Takes chunks one by one. */
    @FunctionalInterface
    interface ChunkVisitor {
        void visit(Chunk chunk);
    }
}

package io.mimic.catalog;

import io.mimic.store.StoreHealth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What can be listed, searched and filtered, and the commit point of the archive.
 *
 * <p><b>Contract</b> (one abstract test runs it on every implementation): thread-safe, several nodes may use one catalog. A segment counts
 * when {@link #commit} has answered true, and only then. No text that a browser may send is refused: too long is cut with an ellipsis,
 * NUL is dropped. Cursors are opaque; a bad one is an {@link IllegalArgumentException}. A project never sees another's rows. Failures are
 * {@link io.mimic.store.StoreException}.
 */
public interface SessionCatalog extends AutoCloseable {
    // settings and projects

    /**
     * The value of a setting that all nodes share, made once: of several nodes that ask at the same time one wins.
     *
     * @return the value, and whether this call made it
     */
    Setting settingOrInsert(String name, Supplier<String> value);

    /** Replaces a setting's value, or makes it. */
    void putSetting(String name, String value);

    Optional<String> setting(String name);

    /** @return false when the id or the name is taken, also by a project that is going; nothing was changed */
    boolean insertProject(ProjectRow project);

    Optional<ProjectRow> projectById(String id);

    Optional<ProjectRow> projectByName(String name);

    List<ProjectRow> projects();

    /**
     * Gives a project another password, ends all of its logins and revokes all of its tokens.
     *
     * @return false when there is no such project
     */
    boolean setPasswordHash(String projectId, String passwordHash);

    /**
     * Gives a project its first password: one that was inserted with an empty hash, which no password fits.
     *
     * @return false when there is no such project or it has one; nothing was changed
     */
    boolean setFirstPasswordHash(String projectId, String passwordHash);

    /** @return false when there is no such project */
    boolean setOrigins(String projectId, List<String> origins);

    /** @return false when there is no such project, or the name is another's; nothing was changed */
    boolean renameProject(String projectId, String name);

    /** Who may look at what, and who did. */
    AccessCatalog access();

    /** Which kept assets a session shows. */
    AssetCatalog assets();

    // writing sessions

    /**
     * Lists a session as active, as soon as it begins or goes on. Told again or late it does no harm: an end that was told with
     * a later {@code seenAt} stays.
     *
     * @param startedAt ms since the epoch
     * @param seenAt the batch's time by the buffer's clock, ms since the epoch
     */
    void seen(String project, UUID session, ClientRow client, long startedAt, long seenAt);

    /**
     * Begins an attempt to commit: makes every earlier attempt fail. The session is not listed before something is committed.
     *
     * @return the new epoch; 0 when the session was erased, then no commit will pass
     */
    long nextEpoch(String project, UUID session);

    /**
     * Commits a segment in one transaction, if {@code epoch} is still the newest and the session was not erased. Told again it changes
     * nothing and answers as before.
     *
     * @return false when the epoch is not the newest or the session was erased; nothing was changed
     */
    boolean commit(SegmentCommit commit);

    /**
     * Leaves a tombstone, so that nothing can commit to the session any more; what is committed stays for now, so that an erasure which breaks off is found
     * and run again.
     *
     * @return names of the archive's objects that its rows name
     */
    List<String> condemn(String project, UUID session);

    /**
     * Removes a session's rows, with the assets that no other session shows, and leaves a tombstone, so that nothing can commit to it any more.
     *
     * @return names of the archive's objects that are now without a row
     */
    List<String> erase(String project, UUID session);

    /** Sessions that started before {@code before} (ms since the epoch), oldest first, active ones left out. */
    List<SessionRow> olderThan(long before, int limit);

    /**
     * Sessions that are listed as active although nothing was told of them since {@code before} (ms since the epoch), longest ago first. Those that
     * the buffer does not hold either have lost their end and must be ended.
     */
    List<SessionRow> quietSince(long before, int limit);

    // reading

    SessionPage find(SessionQuery query);

    /** Every session in which this user was identified, also those in which somebody else was later; in no order. */
    List<UUID> sessionsOf(String project, String user);

    Optional<SessionRow> session(String project, UUID session);

    /** A session's segments in the order of their numbers. */
    List<SegmentRow> segments(String project, UUID session);

    /** A session's markers in order of time. */
    List<MarkerRow> markers(String project, UUID session);

    /** Bars above the list: {@code count} equal buckets over {@code [from, to)}, ms since the epoch. */
    List<Bucket> buckets(String project, long from, long to, int count);

    /** Active sessions of a project now. */
    long activeSessions(String project);

    /** Whether a row of a segment or an asset names the object: what none names may be swept. */
    boolean knowsObject(String object);

    StoreHealth health();

    @Override
    void close();

    /** @param inserted whether this call made the value */
    record Setting(String value, boolean inserted) {}
}

package io.mimic.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mimic.archive.ArchiveStores;
import io.mimic.archive.ErasureReport;
import io.mimic.archive.SegmentReader;
import io.mimic.archive.SessionArchive;
import io.mimic.archive.SessionArchive.NoSuchObjectException;
import io.mimic.archive.SessionEraser;
import io.mimic.archive.WorkFolder;
import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.AssetRow;
import io.mimic.catalog.Bucket;
import io.mimic.catalog.SessionAsset;
import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.SessionPage;
import io.mimic.catalog.SessionQuery;
import io.mimic.catalog.UsageRow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The read side: lists from the catalog alone; a session's timeline and events from archive and buffer, merged by (page, seq), so that
 * an active session can be watched. Streams: holds no more than one batch in memory. Thread-safe.
 *
 * <p>Methods that write JSON write the answers of docs/wire.md section 3 in UTF-8, never close the stream, and throw {@link
 * NoSuchSessionException} before the first byte when the project has no such session. A store that cannot be read is a {@link
 * io.mimic.store.StoreException}; an archived segment that is damaged is none: what it held is shown as a gap.
 */
public final class SessionReader {
    private final SessionBuffer buffer;
    private final SessionArchive archive;
    private final SessionCatalog catalog;
    private final SegmentReader segments;
    private final SessionEraser eraser;
    private final WorkFolder folder;
    private final UsageSums usage;

    /** @param folder for temporary files */
    public SessionReader(ArchiveStores stores, WorkFolder folder) {
        this.buffer = stores.buffer();
        this.archive = stores.archive();
        this.catalog = stores.catalog();
        this.segments = new SegmentReader(stores.archive());
        this.eraser = new SessionEraser(stores);
        this.folder = folder;
        this.usage = new UsageSums(catalog, System::nanoTime);
    }

    /** One page of the list. */
    public SessionPage find(SessionQuery query) {
        return catalog.find(query);
    }

    /** Bars above the list. */
    public List<Bucket> buckets(String project, long from, long to, int count) {
        return catalog.buckets(project, from, to, count);
    }

    public long activeSessions(String project) {
        return catalog.activeSessions(project);
    }

    /** How much a project has; a sum that took long to make is answered again for a while. */
    public UsageRow usage(String project) {
        return usage.of(project);
    }

    /** Writes the list's page as {@code GET api/sessions} answers it. */
    public void writeList(SessionQuery query, OutputStream out) throws IOException {
        SessionPage page = catalog.find(query);
        try (JsonGenerator json = Json.to(out)) {
            new SessionJson(json).list(page);
        }
    }

    /** Writes {@code GET api/sessions/{id}}. */
    public void writeSession(String project, UUID session, OutputStream out) throws IOException {
        try (Recording recording = open(project, session);
                JsonGenerator json = Json.to(out)) {
            new SessionJson(json).session(recording);
        }
    }

    /** Writes {@code GET api/sessions/{id}/timeline}. */
    public void writeTimeline(String project, UUID session, OutputStream out) throws IOException {
        try (Recording recording = open(project, session)) {
            Timeline timeline = new TimelineBuilder(recording).build();
            try (JsonGenerator json = Json.to(out)) {
                new TimelineJson(json, timeline).write(recording.startedAt(), recording.endedAt());
            }
        }
    }

    /** Writes {@code GET api/sessions/{id}/events}. */
    public void writeEvents(String project, UUID session, EventQuery query, OutputStream out) throws IOException {
        try (Recording recording = open(project, session)) {
            OutputStream buffered = new BufferedOutputStream(out, 1 << 14);
            new EventStream(recording, query, buffered).write();
            buffered.flush();
        }
    }

    /** What was kept of what the session's pages show, in order of the addresses. */
    public List<SessionAsset> assets(String project, UUID session) {
        return catalog.assets().list(project, session);
    }

    /** One asset, if that session shows it. */
    public Optional<AssetRow> asset(String project, UUID session, String sha256) {
        return catalog.assets().find(project, session, sha256);
    }

    /**
     * Opens an asset; the caller closes the stream.
     *
     * @throws NoSuchObjectException when it was removed meanwhile; also from the stream
     */
    public InputStream open(AssetRow asset) throws IOException {
        return archive.open(asset.object(), 0, asset.bytes());
    }

    /** Whether the project has such a session now. */
    public boolean exists(String project, UUID session) {
        return catalog.session(project, session).isPresent();
    }

    /** Erases a session everywhere: buffer, catalog, archive. Can be repeated after a failure. */
    public void erase(String project, UUID session) {
        eraser.erase(project, session);
    }

    /** Erases every session in which this user was identified. Run it again when the report is not complete. */
    public ErasureReport eraseUser(String project, String user) {
        return eraser.eraseUser(project, user);
    }

    /**
     * Erases every session from one IP address. Run it again when the report is not complete.
     *
     * @param forms as which the address may have been kept: {@link io.mimic.privacy.AddressRule#formsOf}
     */
    public ErasureReport eraseIp(String project, Set<String> forms) {
        return eraser.eraseIp(project, forms);
    }

    private Recording open(String project, UUID session) throws IOException {
        return Recording.open(buffer, catalog, segments, folder, project, session);
    }

    /** The project has no such session. */
    public static final class NoSuchSessionException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NoSuchSessionException(UUID session) {
            super("There is no session " + session + ".");
        }
    }
}

package io.mimic.archive;

import io.mimic.SettableClock;
import io.mimic.buffer.Append;
import io.mimic.buffer.Appended;
import io.mimic.buffer.Chunk;
import io.mimic.buffer.SessionBounds;
import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.ClientRow;
import io.mimic.catalog.SegmentRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.embedded.EmbeddedStores;
import io.mimic.metric.Counters;
import io.mimic.replay.SessionReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Real buffer and catalog, objects in memory, a clock that stands, and whatever a test puts in between. */
public final class TestPipeline implements AutoCloseable {
    public static final String PROJECT = "shop";
    public static final Duration LEASE = Duration.ofSeconds(60);

    public final SettableClock clock = SettableClock.at("2026-11-24T10:00:00Z");
    public final Counters counters = new Counters();
    public final EmbeddedStores stores;
    public final MemoryArchive objects = new MemoryArchive(clock);
    public final Tripwire<SessionBuffer> buffer;
    public final Tripwire<SessionCatalog> catalog;
    public final Tripwire<SessionArchive> archive;
    public final WorkFolder folder;

    public TestPipeline(Path temporary) {
        SessionBounds bounds = new SessionBounds(
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofMinutes(30),
                Duration.ofHours(4),
                8 << 20,
                Duration.ofMinutes(15),
                LEASE);
        stores = EmbeddedStores.open(temporary.resolve("data"), bounds, clock);
        buffer = new Tripwire<>(SessionBuffer.class, stores.buffer());
        catalog = new Tripwire<>(SessionCatalog.class, stores.catalog());
        archive = new Tripwire<>(SessionArchive.class, objects);
        folder = new WorkFolder(temporary.resolve("work"));
    }

    public Archiver archiver() {
        return new Archiver(stores(), new ArchiveSettings(SegmentCodec.XZ, folder, LEASE), counters, clock);
    }

    public ArchiveStores stores() {
        return new ArchiveStores(buffer.proxy(), archive.proxy(), catalog.proxy(), TestPipeline::client);
    }

    public SessionReader reader() {
        return new SessionReader(stores(), folder);
    }

    public UUID begin(Chunk chunk) {
        return append(chunk, null).session();
    }

    public Appended append(Chunk chunk, UUID token) {
        Appended appended = stores.buffer().append(new Append(PROJECT, chunk, token, freshId(), null));
        if (appended.created() || appended.resumed()) {
            stores.catalog().seen(PROJECT, appended.session(), noClient(), clock.millis(), appended.seenAt());
        }
        return appended;
    }

    /** Lets every session end. */
    public void passTimeout() {
        clock.advance(Duration.ofSeconds(16));
    }

    public List<SegmentRow> segments(UUID session) {
        return stores.catalog().segments(PROJECT, session);
    }

    /** Every batch of every segment of the session, as {@code page:seq}. */
    public List<String> batches(UUID session) throws java.io.IOException {
        List<String> batches = new ArrayList<>();
        SegmentReader reader = new SegmentReader(objects);
        for (SegmentRow segment : segments(session)) {
            try (PartReader part = reader.open(segment, SegmentPart.DOM)) {
                for (BatchHeader batch = part.nextBatch(); batch != null; batch = part.nextBatch()) {
                    batches.add(batch.page().charAt(0) + ":" + batch.seq());
                }
            }
        }
        return batches;
    }

    public List<Integer> buffered(UUID session) {
        List<Integer> seqs = new ArrayList<>();
        stores.buffer().read(PROJECT, session, chunk -> seqs.add(chunk.seq()));
        return seqs;
    }

    private UUID freshId() {
        long random = UUID.randomUUID().getMostSignificantBits() & 0xfff;
        return new UUID(
                clock.millis() << 16 | 0x7000 | random, UUID.randomUUID().getLeastSignificantBits());
    }

    /** What the buffer kept of a client is its address here. */
    private static ClientRow client(String ip) {
        return new ClientRow(null, null, ip, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    private static ClientRow noClient() {
        return new ClientRow(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    @Override
    public void close() {
        stores.close();
    }
}

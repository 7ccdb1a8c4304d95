package io.mimic.asset;

import io.mimic.archive.BatchHeader;
import io.mimic.archive.PartReader;
import io.mimic.archive.SegmentPart;
import io.mimic.archive.SegmentReader;
import io.mimic.asset.AssetMemory.Known;
import io.mimic.catalog.PageRow;
import io.mimic.catalog.SegmentRow;
import io.mimic.catalog.SessionAsset;
import io.mimic.catalog.SessionCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps what one segment of a session names. Runs once. */
final class AssetRun {
    /** Addresses that are looked at, kept or not. */
    private static final int MOST_ADDRESSES = 2_000;
    /** Of a page that is the app's own, few are missing; whoever names what is not there makes the app answer for nothing. */
    private static final int MOST_MISSED = 100;

    private final Parts parts;
    private final String project;
    private final UUID session;
    private final BooleanSupplier stopping;
    private final long until;
    private final Set<String> seen = new HashSet<>();
    private final Deque<AssetUrl> wanted = new ArrayDeque<>();
    private int kept;
    private long bytes;
    private int missed;

    AssetRun(Parts parts, String project, UUID session, BooleanSupplier stopping) {
        this.parts = parts;
        this.project = project;
        this.session = session;
        this.stopping = stopping;
        this.until = System.nanoTime() + parts.limits().sessionTime().toNanos();
    }

    /** @throws io.mimic.store.StoreException when a store failed */
    void run(SegmentRow segment) throws IOException {
        for (SessionAsset known : parts.catalog().assets().list(project, session)) {
            seen.add(known.url());
            kept++;
            bytes += known.asset().bytes();
        }
        collect(segment);
        for (AssetUrl url = wanted.poll(); url != null && mayGoOn(); url = wanted.poll()) {
            keep(url);
        }
    }

    private boolean mayGoOn() {
        return !stopping.getAsBoolean()
                && System.nanoTime() - until < 0
                && missed < MOST_MISSED
                && kept < parts.limits().sessionAssets()
                && bytes < parts.limits().sessionBytes();
    }

    private void collect(SegmentRow segment) throws IOException {
        Map<String, String> bases = new HashMap<>();
        for (PageRow page : segment.pages()) {
            if (page.url() != null) {
                bases.put(page.page(), page.url());
            }
        }
        try (PartReader part = parts.segments().open(segment, SegmentPart.DOM)) {
            for (BatchHeader batch = part.nextBatch(); batch != null; batch = part.nextBatch()) {
                @Nullable String base = bases.get(batch.page());
                EventAddresses addresses = new EventAddresses(named -> want(named, base));
                while (!stopping.getAsBoolean() && part.nextEvent()) {
                    addresses.read(part.json());
                }
            }
        }
    }

    private void want(String named, @Nullable String base) {
        if (seen.size() < MOST_ADDRESSES) {
            AssetUrl.of(named, base).filter(url -> seen.add(url.text())).ifPresent(wanted::add);
        }
    }

    private void keep(AssetUrl url) throws IOException {
        // A sheet is read each time, since what it names has to be kept for this session too; one without an ending is
        // not remembered.
        Known known =
                url.isSheet() ? null : parts.memory().of(project, url.text()).orElse(null);
        if (known != null && parts.memory().isFresh(known, parts.clock().millis()) && keptAsKnown(url, known)) {
            return;
        }
        Fetched answer =
                parts.source().get(project, url, known == null || known.sha256() == null ? null : known.etag());
        if (answer instanceof Fetched.Unchanged && known != null) {
            answer = again(url, known);
        }
        long now = parts.clock().millis();
        if (answer instanceof Fetched.Content content) {
            keep(url, content, now);
        } else if (answer instanceof Fetched.Refused) {
            missed++;
            parts.tally().refused.increment();
            parts.memory().put(project, url.text(), new Known(null, 0, null, now));
        } else if (answer instanceof Fetched.Failed) {
            missed++;
            parts.tally().failed.increment();
        }
    }

    /** What is unchanged is referred to; it is asked for as if new when it was removed meanwhile. */
    private Fetched again(AssetUrl url, Known known) {
        Known fresh = new Known(
                known.sha256(), known.bytes(), known.etag(), parts.clock().millis());
        if (keptAsKnown(url, fresh)) {
            parts.memory().put(project, url.text(), fresh);
            return new Fetched.Unchanged();
        }
        return parts.source().get(project, url, null);
    }

    private boolean keptAsKnown(AssetUrl url, Known known) {
        String sha256 = known.sha256();
        if (sha256 == null) {
            return true;
        }
        if (bytes + known.bytes() > parts.limits().sessionBytes()
                || !parts.store().refer(project, session, url.text(), sha256)) {
            return false;
        }
        count(known.bytes());
        return true;
    }

    private void keep(AssetUrl url, Fetched.Content content, long now) throws IOException {
        int size = content.bytes().length;
        if (bytes + size > parts.limits().sessionBytes()) {
            parts.tally().refused.increment();
            return;
        }
        Optional<String> sha256 = parts.store().keep(project, session, url.text(), content);
        if (sha256.isEmpty()) {
            // The session was erased meanwhile.
            wanted.clear();
            return;
        }
        count(size);
        if (content.type().equals(AssetTypes.CSS)) {
            String css = new String(content.bytes(), StandardCharsets.UTF_8);
            CssAddresses.find(css, named -> want(named, url.text()));
        } else {
            parts.memory().put(project, url.text(), new Known(sha256.get(), size, content.etag(), now));
        }
    }

    private void count(long size) {
        kept++;
        bytes += size;
        parts.tally().kept.increment();
    }

    /** What all runs share. */
    record Parts(
            SessionCatalog catalog,
            SegmentReader segments,
            AssetSource source,
            AssetStore store,
            AssetMemory memory,
            AssetLimits limits,
            AssetTally tally,
            Clock clock) {}
}

package io.mimic.ingest;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import io.github.bucket4j.TimeMeter;
import io.mimic.buffer.Append;
import io.mimic.buffer.Appended;
import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.SessionCatalog;
import io.mimic.metric.Counters;
import io.mimic.metric.Rejection;
import io.mimic.project.ClientNetwork;
import io.mimic.project.Project;
import io.mimic.project.Projects;
import io.mimic.session.ClientMetadata;
import io.mimic.session.Clients;
import io.mimic.session.SessionToken;
import io.mimic.session.SessionTokens;
import io.mimic.store.RefusalLog;
import io.mimic.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes batches: decodes, checks, counts, finds the session, appends to the buffer. Thread-safe. */
public final class Ingestor implements AutoCloseable {
    /** Up to here a browser's clock counts as right: the rest is the way through the network. */
    private static final long SKEW_FROM_MS = Duration.ofMinutes(5).toMillis();

    private static final int BUSY_S = 2;
    private static final int STORE_DOWN_S = 5;

    private final IngestSettings settings;
    private final Projects projects;
    private final SessionTokens tokens;
    private final Clients clients;
    private final SessionBuffer buffer;
    private final Counters counters;
    private final Clock clock;
    private final OriginRule origins;
    private final BatchDecoder decoder;
    private final ReadingSlots slots;
    private final SessionRate sessions;
    private final RateLimit addresses;
    private final RateLimit projectRates;
    private final CatalogNews news;
    private final RefusalLog outage = new RefusalLog(
            "Batches are refused until the store is back",
            "Batches are taken again, and those that were refused will be sent again");
    private final RefusalLog ceiling = new RefusalLog("New sessions are refused", "New sessions are taken again");
    private final TimeOrderedEpochFactory ids;
    private volatile boolean closed;

    private Ingestor(
            IngestSettings settings,
            Projects projects,
            SessionTokens tokens,
            Clients clients,
            SessionBuffer buffer,
            CatalogNews news,
            Counters counters,
            Clock clock) {
        this.settings = settings;
        this.projects = projects;
        this.tokens = tokens;
        this.clients = clients;
        this.buffer = buffer;
        this.news = news;
        this.counters = counters;
        this.clock = clock;
        this.origins = new OriginRule(settings.crossOrigins(), settings.publicUrl());
        this.decoder = new BatchDecoder(settings.limits(), settings.scrubber(), System::nanoTime);
        IngestLimits limits = settings.limits();
        this.slots = new ReadingSlots(
                limits.concurrency(), limits.bodyTime().multipliedBy(2).toNanos(), System::nanoTime);
        IngestRates rates = settings.rates();
        this.sessions = new SessionRate(rates.session(), TimeMeter.SYSTEM_NANOTIME);
        this.addresses = new RateLimit("address", rates.address(), TimeMeter.SYSTEM_NANOTIME);
        this.projectRates = new RateLimit("project", rates.project(), TimeMeter.SYSTEM_NANOTIME);
        this.ids = new TimeOrderedEpochFactory(clock);
    }

    /**
     * Starts to take batches. The stores stay the caller's, who closes them after this; a store that is not open yet may throw {@link
     * io.mimic.store.StoreException}, which is answered as 503.
     */
    public static Ingestor open(
            IngestSettings settings,
            Projects projects,
            SessionTokens tokens,
            Clients clients,
            SessionBuffer buffer,
            SessionCatalog catalog,
            Counters counters,
            Clock clock) {
        CatalogNews news = new CatalogNews(catalog, clients);
        Ingestor ingestor = new Ingestor(settings, projects, tokens, clients, buffer, news, counters, clock);
        news.start();
        return ingestor;
    }

    /**
     * Takes one batch. When this returns, the batch is durable in the buffer.
     *
     * @throws BatchRejectedException when it is not accepted, with the answer to give; nothing was stored. Store failures are among
     *     them, as 503.
     */
    public IngestResult ingest(IngestRequest request) throws BatchRejectedException {
        try {
            if (closed) {
                throw Refusal.unavailable(Rejection.NOT_READY, "MIMIC is being stopped.", STORE_DOWN_S);
            }
            String foreign = origins.foreign(request);
            if (foreign != null && !allowsOrigin(foreign)) {
                throw OriginRule.refusal();
            }
            checkType(request.contentType());
            checkLength(request.header().apply("content-length"));
            String network = ClientNetwork.of(request.ip());
            addresses.check(network);
            ReadingSlots.Place place = slots.enter(network);
            if (place == null) {
                throw Refusal.unavailable(Rejection.BUSY, "Too many batches are being read at this moment.", BUSY_S);
            }
            try {
                return take(request, foreign);
            } finally {
                slots.leave(place);
            }
        } catch (Refusal e) {
            throw refused(e);
        } catch (StoreException e) {
            throw refused(unavailable(e));
        }
    }

    private Refusal unavailable(StoreException e) {
        if (e.isFull()) {
            ceiling.failed(e.getMessage());
            return Refusal.unavailable(Rejection.FULL, "No new session begins at this moment.", STORE_DOWN_S);
        }
        outage.failed(e.getMessage());
        return Refusal.unavailable(Rejection.STORE, "A store is not available.", STORE_DOWN_S);
    }

    private BatchRejectedException refused(Refusal refusal) {
        counters.rejected(refusal.reason());
        return refusal.answer();
    }

    /**
     * Whether pages of this origin, which is not the host's own, may send batches into some project and read the answer. Into which ones is
     * decided batch by batch.
     */
    public boolean allowsOrigin(String origin) {
        return origins.isConfigured(origin) || projects.knowsOrigin(origin);
    }

    /** Stops taking batches, and tells the catalog what it was not told yet, for a second or two. */
    @Override
    public void close() {
        closed = true;
        news.close();
    }

    private IngestResult take(IngestRequest request, @Nullable String foreign) throws Refusal {
        long now = clock.millis();
        Admission admission = new Admission(request, foreign);
        return decoder.decode(request, admission, batch -> {
            Appended appended = buffer.append(append(batch, admission, now));
            outage.worked();
            if (appended.created() && !appended.duplicate()) {
                ceiling.worked();
            }
            sessions.wrote(batch.head(), appended.session());
            if (!appended.duplicate()) {
                count(batch);
            }
            tellCatalog(batch, admission.client, appended, now);
            return result(batch.head(), appended, foreign != null);
        });
    }

    private void count(Batch batch) {
        long gaps = batch.summary().markers().stream()
                .filter(marker -> marker.kind().equals("gap"))
                .count();
        counters.accepted(batch.rawBytes(), gaps);
    }

    private Append append(Batch batch, Admission admission, long now) {
        BatchHead head = batch.head();
        ClientMetadata client = admission.client;
        return new Append(
                head.project(),
                batch.chunk(head.sentAt() - now),
                admission.named,
                ids.create(),
                client == null ? null : client.toJson());
    }

    private Optional<UUID> tokenSession(IngestRequest request, BatchHead head) {
        String cookie = request.cookie().apply(SessionTokens.cookieName(head.project()));
        return Optional.ofNullable(cookie)
                .flatMap(token -> tokens.verify(head.project(), token))
                .or(() -> Optional.ofNullable(head.token()).flatMap(token -> tokens.verify(head.project(), token)))
                .map(SessionToken::session);
    }

    private void tellCatalog(Batch batch, @Nullable ClientMetadata client, Appended appended, long now) {
        if (appended.duplicate() || !(appended.created() || appended.resumed())) {
            return;
        }
        String known = appended.client() != null || client == null ? appended.client() : client.toJson();
        long firstAt = batch.summary().firstAt();
        long skew = batch.head().sentAt() - now;
        long startedAt = Math.abs(skew) > SKEW_FROM_MS ? firstAt - skew : firstAt;
        news.tell(new CatalogNews.News(
                batch.head().project(),
                appended.session(),
                known,
                firstAt == 0 ? appended.seenAt() : Math.max(0, startedAt),
                appended.seenAt()));
    }

    private IngestResult result(BatchHead head, Appended appended, boolean crossOrigin) {
        return new IngestResult(
                head.project(),
                appended.session(),
                appended.created(),
                appended.snapshot(),
                settings.interval().toMillis(),
                SessionTokens.cookieName(head.project()),
                tokens.sign(head.project(), appended.session(), appended.seenAt()),
                crossOrigin || head.token() != null,
                head.served());
    }

    private static void checkType(@Nullable String contentType) throws Refusal {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        String[] parts = type.split(";", -1);
        boolean right =
                parts[0].strip().equals("application/json") || parts[0].strip().equals("text/plain");
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].replaceAll("[\\s\"]", "");
            right &= !parameter.startsWith("charset=") || parameter.matches("charset=(utf-?8|us-ascii)");
        }
        if (!right) {
            throw Refusal.wrongType("Content-Type must be application/json or text/plain, in UTF-8.");
        }
    }

    private void checkLength(@Nullable String contentLength) throws Refusal {
        if (contentLength != null
                && contentLength.matches("\\d{1,18}")
                && Long.parseLong(contentLength) > settings.limits().eventBytes()) {
            throw Refusal.tooLarge(
                    "The body is larger than " + settings.limits().eventBytes() + " bytes.");
        }
    }

    /** Lets in what belongs to a known project, before its events are read. */
    private final class Admission implements BatchDecoder.Gate {
        private final IngestRequest request;
        private final @Nullable String foreign;
        private @Nullable ClientMetadata client;
        private @Nullable UUID named;

        Admission(IngestRequest request, @Nullable String foreign) {
            this.request = request;
            this.foreign = foreign;
        }

        @Override
        public void admit(BatchHead head) throws Refusal {
            if (!tokens.ready()) {
                throw Refusal.unavailable(Rejection.NOT_READY, "MIMIC has not read its keys yet.", STORE_DOWN_S);
            }
            Project project = projects.byId(head.project()).orElseThrow(this::unknownProject);
            origins.check(project, foreign);
            named = tokenSession(request, head).orElse(null);
            sessions.check(head, named);
            projectRates.check(head.project());
        }

        @Override
        public ClientMetadata client(String meta) throws Refusal {
            try {
                ClientMetadata read = clients.read(meta, request.header(), request.ip());
                client = read;
                return read;
            } catch (IllegalArgumentException e) {
                throw Refusal.malformed("The field meta cannot be read.");
            }
        }

        /** At the very first start the own project is made after the pages that name it: a recorder that is refused never comes again. */
        private Refusal unknownProject() {
            return projects.own().isPresent()
                    ? Refusal.forbidden("There is no project of this id.")
                    : Refusal.unavailable(Rejection.NOT_READY, "MIMIC has not read its projects yet.", STORE_DOWN_S);
        }
    }
}

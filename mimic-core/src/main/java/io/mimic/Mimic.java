package io.mimic;

import io.mimic.archive.ArchiveSettings;
import io.mimic.archive.ArchiveStores;
import io.mimic.archive.Archiver;
import io.mimic.archive.Housekeeper;
import io.mimic.archive.RetentionSettings;
import io.mimic.archive.SegmentCodec;
import io.mimic.archive.SegmentListener;
import io.mimic.archive.SessionArchive;
import io.mimic.archive.WorkFolder;
import io.mimic.asset.AssetKeeper;
import io.mimic.asset.AssetLimits;
import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.SessionCatalog;
import io.mimic.ingest.IngestLimits;
import io.mimic.ingest.IngestRates;
import io.mimic.ingest.IngestSettings;
import io.mimic.ingest.Ingestor;
import io.mimic.metric.Counters;
import io.mimic.privacy.AddressRule;
import io.mimic.privacy.Scrubber;
import io.mimic.project.AccessLog;
import io.mimic.project.ApiTokens;
import io.mimic.project.Logins;
import io.mimic.project.Origins;
import io.mimic.project.Project;
import io.mimic.project.ProjectChanges;
import io.mimic.project.ProjectSettings;
import io.mimic.project.Projects;
import io.mimic.replay.SessionReader;
import io.mimic.server.SecretNames;
import io.mimic.server.ServerEvents;
import io.mimic.server.ServerSettings;
import io.mimic.session.Clients;
import io.mimic.session.SessionTokens;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The running pipeline of one webapp: stores, ingest, the background archiver and the read side. Start it once, close it when the webapp
 * stops.
 *
 * <p>Starting never fails because a store is down or the data directory is held by another process: then {@link #health()} says why, ingest
 * answers 503, and opening is tried again every 5 s in the background. Thread-safe.
 */
public final class Mimic implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Mimic.class.getName());

    private final MimicConfig config;
    private final WorkFolder workFolder;
    private final Scrubber scrubber;
    private final AddressRule addresses;
    private final SessionCatalog catalog;
    private final SessionTokens tokens;
    private final Clients clients;
    private final Projects projects;
    private final ProjectChanges projectChanges;
    private final Logins logins;
    private final ApiTokens apiTokens;
    private final AccessLog accessLog;
    private final Ingestor ingestor;
    private final ServerEvents serverEvents;
    private final SessionReader sessions;
    private final Optional<AssetKeeper> assets;
    private final Archiver archiver;
    private final Housekeeper housekeeper;
    private final StoreOpener opener;
    private final MimicMetrics metrics;
    private final HealthWatch health;

    Mimic(StoreChoice choice, Clock clock) {
        this.config = choice.config();
        this.workFolder = choice.workFolder();
        Counters counters = new Counters();
        Stores stores = new Stores(counters);
        SessionBuffer buffer = stores.buffer().proxy();
        SessionArchive archive = stores.archive().proxy();
        this.catalog = stores.catalog().proxy();
        this.scrubber = Scrubber.of(
                config.get(MimicSetting.PRIVACY_SCRUB),
                SettingForms.words(config.get(MimicSetting.PRIVACY_SCRUB_PATTERNS)));
        this.tokens =
                SessionTokens.open(catalog, config.get(MimicSetting.SECRET), config.get(MimicSetting.SECRET_PREVIOUS));
        this.addresses = AddressRule.of(config.get(MimicSetting.PRIVACY_IP));
        this.clients = Clients.open(config.get(MimicSetting.LOCATION_DATABASE), addresses);
        this.projects = Projects.open(projectSettings(config), catalog, clock);
        this.projectChanges = new ProjectChanges(projects, catalog, clock);
        this.logins = new Logins(catalog, projects, clock);
        this.apiTokens = new ApiTokens(catalog, clock);
        this.accessLog =
                new AccessLog(catalog, projects, addresses, config.get(MimicSetting.ACCESS_LOG_RETENTION), clock);
        this.ingestor = Ingestor.open(
                ingestSettings(config, scrubber), projects, tokens, clients, buffer, catalog, counters, clock);
        this.serverEvents = ServerEvents.open(buffer, serverSettings(config, scrubber), clock);
        ArchiveStores moved = new ArchiveStores(buffer, archive, catalog, clients::row);
        this.sessions = new SessionReader(moved, workFolder);
        this.assets = config.get(MimicSetting.ASSETS) ? Optional.of(assetKeeper(archive, clock)) : Optional.empty();
        SegmentListener listener =
                assets.<SegmentListener>map(keeper -> keeper::archived).orElse((project, session, segment) -> {});
        this.archiver = new Archiver(moved, archiveSettings(config, workFolder), listener, counters, clock);
        this.housekeeper = new Housekeeper(moved, retention(config), this::everyRound, clock);
        this.opener = new StoreOpener(choice, stores, clock, this::load, projects::settlePasswords);
        this.metrics = new MimicMetrics(counters, archiver, serverEvents, assets, clock);
        this.health = new HealthWatch(stores, opener, metrics, config);
    }

    /**
     * Starts MIMIC for a webapp at the root, in the background, and returns at once.
     *
     * @throws ConfigException when settings contradict each other
     */
    public static Mimic start(MimicConfig config) {
        return builder(config).start();
    }

    /** For a webapp under a context path, or with stores of one's own. */
    public static MimicBuilder builder(MimicConfig config) {
        return new MimicBuilder(config);
    }

    public MimicConfig config() {
        return config;
    }

    public Ingestor ingestor() {
        return ingestor;
    }

    /** Takes what the host's own server saw of its sessions. */
    public ServerEvents serverEvents() {
        return serverEvents;
    }

    /** Signs and checks what the session cookie says. */
    public SessionTokens tokens() {
        return tokens;
    }

    public Projects projects() {
        return projects;
    }

    /** Who is logged in to the dashboard. */
    public Logins logins() {
        return logins;
    }

    /** What is kept of a client's address, as {@code mimic.privacy.ip} says: to be asked before an address is stored or logged. */
    public AddressRule addresses() {
        return addresses;
    }

    /** Takes out of texts what is not to be kept, as {@code mimic.privacy.scrub} says: to be asked before a text is stored or logged. */
    public Scrubber scrubber() {
        return scrubber;
    }

    /** Makes, changes and ends projects. */
    public ProjectChanges projectChanges() {
        return projectChanges;
    }

    /** What scripts use the dashboard's API with. */
    public ApiTokens apiTokens() {
        return apiTokens;
    }

    /** Who looked at, exported, erased and changed what. */
    public AccessLog accessLog() {
        return accessLog;
    }

    /** Keeps what recorded pages looked like; empty when {@code mimic.assets} is off. */
    public Optional<AssetKeeper> assets() {
        return assets;
    }

    public SessionReader sessions() {
        return sessions;
    }

    /** How MIMIC is at this moment; asks the stores, at most once a second. */
    public MimicHealth health() {
        return health.now();
    }

    /** What there is to measure of MIMIC on this node. */
    public MimicMetrics metrics() {
        return metrics;
    }

    /** Stops taking batches, hands over what is claimed, closes the stores. Leaves no thread. */
    @Override
    public void close() {
        ingestor.close();
        serverEvents.close();
        archiver.close();
        assets.ifPresent(AssetKeeper::close);
        housekeeper.close();
        clients.close();
        opener.close();
        try {
            workFolder.remove();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Temporary files are left in " + workFolder.path() + ".", e);
        }
    }

    void begin() {
        if (config.get(MimicSetting.ENABLED)) {
            opener.start();
        }
    }

    /** Once the stores are open. */
    private void load() {
        addresses.load(this::addressKey);
        tokens.load();
        projects.load();
        archiver.start();
        housekeeper.start();
    }

    private byte[] addressKey() {
        String key = catalog.settingOrInsert("address.key", () -> {
                    byte[] random = new byte[32];
                    new SecureRandom().nextBytes(random);
                    return HexFormat.of().formatHex(random);
                })
                .value();
        return HexFormat.of().parseHex(key);
    }

    /** About once a minute. */
    private void everyRound() {
        tokens.load();
        accessLog.keep();
    }

    private AssetKeeper assetKeeper(SessionArchive archive, Clock clock) {
        String pinned = config.get(MimicSetting.ASSETS_ORIGIN);
        Origins configured = Origins.of(config.get(MimicSetting.CROSS_ORIGINS));
        return new AssetKeeper(
                archive,
                catalog,
                workFolder,
                pinned.isEmpty() ? null : URI.create(pinned),
                id -> projects.byId(id)
                        .map(Project::origins)
                        .filter(named -> !named.isEmpty())
                        .orElse(configured),
                AssetLimits.of(
                        config.get(MimicSetting.ASSETS_MAX_BYTES), config.get(MimicSetting.ASSETS_SESSION_MAX_BYTES)),
                "MIMIC/" + Versions.of("mimic"),
                clock);
    }

    private static ProjectSettings projectSettings(MimicConfig config) {
        return new ProjectSettings(
                config.get(MimicSetting.PROJECT_NAME),
                config.get(MimicSetting.PROJECT_ID),
                config.get(MimicSetting.PROJECT_PASSWORD),
                config.get(MimicSetting.PROJECT_VIEWER_PASSWORD),
                config.get(MimicSetting.REGISTRATION_OPEN),
                config.get(MimicSetting.REGISTRATION_TOKEN));
    }

    private static IngestSettings ingestSettings(MimicConfig config, Scrubber scrubber) {
        return new IngestSettings(
                config.get(MimicSetting.FLUSH_INTERVAL),
                Origins.of(config.get(MimicSetting.CROSS_ORIGINS)),
                config.get(MimicSetting.PUBLIC_URL),
                new IngestRates(
                        config.get(MimicSetting.INGEST_RATE_SESSION),
                        config.get(MimicSetting.INGEST_RATE_ADDRESS),
                        config.get(MimicSetting.INGEST_RATE_PROJECT)),
                IngestLimits.forThisHost(config.get(MimicSetting.INGEST_BODY_TIMEOUT)),
                scrubber);
    }

    private static ServerSettings serverSettings(MimicConfig config, Scrubber scrubber) {
        return new ServerSettings(
                config.get(MimicSetting.PRIVACY) == MimicSetting.Privacy.STRICT,
                SecretNames.with(config.get(MimicSetting.PRIVACY_SCRUB_PARAMETERS)),
                scrubber);
    }

    private static ArchiveSettings archiveSettings(MimicConfig config, WorkFolder folder) {
        return new ArchiveSettings(
                SegmentCodec.named(config.get(MimicSetting.ARCHIVE_CODEC)),
                folder,
                config.get(MimicSetting.ARCHIVE_LEASE));
    }

    private static RetentionSettings retention(MimicConfig config) {
        return new RetentionSettings(config.get(MimicSetting.RETENTION), config.get(MimicSetting.RETENTION_MAX_BYTES));
    }
}

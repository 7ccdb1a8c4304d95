package io.mimic;

import static io.mimic.SettingForms.bytes;
import static io.mimic.SettingForms.choice;
import static io.mimic.SettingForms.count;
import static io.mimic.SettingForms.duration;
import static io.mimic.SettingForms.flag;
import static io.mimic.SettingForms.fraction;
import static io.mimic.SettingForms.list;
import static io.mimic.SettingForms.origins;
import static io.mimic.SettingForms.retention;
import static io.mimic.SettingForms.text;
import static io.mimic.SettingForms.timeOut;

import io.mimic.privacy.AddressRule;
import io.mimic.privacy.Scrubber;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One setting: its name below {@code mimic.}, its default, its form and what it means. {@link #ALL} is the one table that system properties,
 * environment variables, servlet context parameters, {@code mimic.properties}, Spring properties and the configuration reference share.
 *
 * @param <T> type of its value; may be nullable text, then the default is the empty string
 */
public final class MimicSetting<T> {
    public static final MimicSetting<Boolean> ENABLED = flag("enabled", true, "Whether MIMIC runs at all.");
    public static final MimicSetting<String> PATH =
            text("path", "/mimic", "Where MIMIC is mounted, under the host's context path.", SettingForms::mountPath);
    public static final MimicSetting<String> DATA_DIR = text(
            "data-dir",
            "./mimic-data",
            "Folder of the embedded stores; a folder of the context's name is made in it.",
            SettingForms::folder);
    public static final MimicSetting<Inject> INJECT = choice(
            "inject", Inject.AUTO, Inject.class, "Whether the filter puts the recorder's tag into HTML answers.");
    public static final MimicSetting<List<String>> INJECT_INCLUDE =
            list("inject.include", "Paths (ant patterns) that are injected; empty: all.");
    public static final MimicSetting<List<String>> INJECT_EXCLUDE =
            list("inject.exclude", "Paths (ant patterns) that are never injected.");
    public static final MimicSetting<String> PUBLIC_URL =
            text("public-url", "", "External address of the host, for links, when it cannot be told from the request.");
    public static final MimicSetting<List<String>> TRUSTED_PROXIES =
            list("trusted-proxies", "Addresses or CIDR ranges whose forwarding and location headers count.");
    public static final MimicSetting<ProxyHeaders> PROXY_HEADERS = choice(
            "proxy-headers",
            ProxyHeaders.X_FORWARDED,
            ProxyHeaders.class,
            "Which forwarding headers the trusted proxies write: X-Forwarded-*, or Forwarded (RFC 7239). The other kind is the client's and does not count.");
    public static final MimicSetting<String> SECRET = text(
            "secret",
            "",
            "Key that signs session tokens; empty: made once and kept in the catalog, shared by all nodes.",
            SettingForms::signingKey);
    public static final MimicSetting<String> SECRET_PREVIOUS = text(
            "secret-previous",
            "",
            "The mimic.secret before this one: tokens that it signed still count, while a new one is brought in node by node.");
    public static final MimicSetting<String> PROJECT_NAME = text(
            "project.name",
            "default",
            "Name of the project that this webapp records into; what people log in with.",
            SettingForms::projectName);
    public static final MimicSetting<String> PROJECT_ID = text(
            "project.id",
            "",
            "Public id of the project; empty: made once and kept in the catalog.",
            SettingForms::projectId);
    public static final MimicSetting<String> PROJECT_PASSWORD = text(
            "project.password",
            "",
            "Password of the dashboard; empty: generated at first start and logged once.",
            SettingForms::password);
    public static final MimicSetting<String> PROJECT_VIEWER_PASSWORD = text(
            "project.viewer-password",
            "",
            "Second password of the dashboard, for who may watch and nothing else; empty: as set in the dashboard, or none.",
            SettingForms::password);
    public static final MimicSetting<List<String>> DASHBOARD_HOSTS = list(
            "dashboard.hosts",
            "Names, or name:port, under which the dashboard may be asked for; empty: any. Guards against DNS rebinding.");
    public static final MimicSetting<DashboardAuth> DASHBOARD_AUTH = choice(
            "dashboard.auth",
            DashboardAuth.PASSWORD,
            DashboardAuth.class,
            "Who decides who may see the dashboard: a project's passwords, or the host's own login and roles.");
    public static final MimicSetting<String> DASHBOARD_ROLE = text(
            "dashboard.role",
            "MIMIC_VIEWER",
            "With mimic.dashboard.auth=host: role of the host that may watch; **: whoever is logged in. Followed by a colon and a project's name it opens that project, alone this webapp's own.");
    public static final MimicSetting<String> DASHBOARD_ADMIN_ROLE = text(
            "dashboard.admin-role",
            "MIMIC_ADMIN",
            "With mimic.dashboard.auth=host: role of the host that may also export, erase and administer; as above.");
    public static final MimicSetting<Duration> ACCESS_LOG_RETENTION = retention(
            "access-log.retention",
            Duration.ofDays(365),
            "Lines of the dashboard's access log are removed after this time; 0: never.");
    public static final MimicSetting<Boolean> REGISTRATION_OPEN =
            flag("registration.open", false, "Whether projects can be registered without the registration token.");
    public static final MimicSetting<String> REGISTRATION_TOKEN = text(
            "registration.token",
            "",
            "Token that registering a project needs; empty: made once and kept in the catalog.");
    public static final MimicSetting<List<String>> CROSS_ORIGINS = origins(
            "cross-origins",
            "Origins of other sites that may send batches to this host, into projects that have no origins of their own.");
    public static final MimicSetting<Integer> INGEST_RATE_SESSION = count(
            "ingest.rate.session",
            10,
            "Batches a second from one session, all of its tabs together, ten times as many at once; 0: no bound.");
    public static final MimicSetting<Integer> INGEST_RATE_ADDRESS = count(
            "ingest.rate.address",
            500,
            "Batches a second from one address, ten times as many at once; 0: no bound. Behind a proxy that is not among the trusted ones all visitors have one address.");
    public static final MimicSetting<Integer> INGEST_RATE_PROJECT = count(
            "ingest.rate.project",
            2_000,
            "Batches a second into one project, ten times as many at once; 0: no bound. Each node counts for itself.");
    public static final MimicSetting<Duration> INGEST_BODY_TIMEOUT = duration(
            "ingest.body-timeout",
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            "A batch whose body takes longer to arrive is given up.");
    public static final MimicSetting<Duration> FLUSH_INTERVAL = duration(
            "flush-interval",
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofMinutes(10),
            "How often the recorder sends; shorter than the timeout and the grace together.");
    public static final MimicSetting<Duration> SESSION_TIMEOUT = duration(
            "session.timeout",
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofDays(1),
            "No batch for this long, plus the grace, ends a session.");
    public static final MimicSetting<Duration> SESSION_GRACE = duration(
            "session.grace",
            Duration.ofSeconds(5),
            Duration.ZERO,
            Duration.ofHours(1),
            "Added to the timeout, for batches that are on their way.");
    public static final MimicSetting<Duration> SESSION_RESUME = duration(
            "session.resume",
            Duration.ofMinutes(30),
            Duration.ZERO,
            Duration.ofDays(30),
            "A visitor who returns within this time continues the session; 0: never.");
    public static final MimicSetting<Duration> SESSION_MAX_DURATION = duration(
            "session.max-duration",
            Duration.ofHours(4),
            Duration.ofSeconds(10),
            Duration.ofDays(30),
            "A longer session is followed by a new one.");
    public static final MimicSetting<Duration> IDLE_TIMEOUT = duration(
            "idle-timeout",
            Duration.ofMinutes(5),
            Duration.ofMillis(100),
            Duration.ofDays(1),
            "Without interaction for this long the recorder pauses.");
    public static final MimicSetting<BufferKind> BUFFER =
            choice("buffer", BufferKind.EMBEDDED, BufferKind.class, "Where active sessions are kept.");
    public static final MimicSetting<ArchiveKind> ARCHIVE =
            choice("archive", ArchiveKind.FILE, ArchiveKind.class, "Where finished segments are kept.");
    public static final MimicSetting<CatalogKind> CATALOG =
            choice("catalog", CatalogKind.EMBEDDED, CatalogKind.class, "Where the metadata of sessions is kept.");
    public static final MimicSetting<List<String>> REDIS_NODES = list(
            "redis.nodes",
            List.of("localhost:6379"),
            "The Redis server, the Sentinels, or some nodes of the Cluster, each as host:port.");
    public static final MimicSetting<RedisMode> REDIS_MODE =
            choice("redis.mode", RedisMode.STANDALONE, RedisMode.class, "How the Redis nodes hang together.");
    public static final MimicSetting<String> REDIS_SENTINEL_MASTER =
            text("redis.sentinel-master", "mymaster", "Name of the master that the Sentinels watch.");
    public static final MimicSetting<String> REDIS_USER =
            text("redis.user", "", "ACL user of Redis; empty: the default user.");
    public static final MimicSetting<String> REDIS_PASSWORD =
            text("redis.password", "", "Password of Redis; empty: none.");
    public static final MimicSetting<String> REDIS_SENTINEL_PASSWORD =
            text("redis.sentinel-password", "", "Password of the Sentinels themselves; empty: none.");
    public static final MimicSetting<Boolean> REDIS_TLS =
            flag("redis.tls", false, "Whether connections to Redis are encrypted.");
    public static final MimicSetting<String> REDIS_PREFIX =
            text("redis.prefix", "mimic:", "Begins the name of every key in Redis.");
    public static final MimicSetting<Integer> REDIS_CONNECTIONS =
            count("redis.connections", 16, 1, 1_000, "Connections of this node to each Redis server.");
    public static final MimicSetting<Long> REDIS_MAX_BYTES = bytes(
            "redis.max-bytes",
            0,
            "When Redis holds more of MIMIC than this, no new session begins; running ones go on. 0: no ceiling.");
    public static final MimicSetting<Integer> REDIS_WAIT_REPLICAS =
            count("redis.wait-replicas", 0, "Replicas that must have a batch before it is acknowledged.");
    public static final MimicSetting<Boolean> REDIS_WAIT_AOF = flag(
            "redis.wait-aof",
            false,
            "Whether the append-only file must have a batch before it is acknowledged; needs Redis 7.2 or later.");
    public static final MimicSetting<String> POSTGRESQL_URL = text(
            "postgresql.url",
            "jdbc:postgresql://localhost/mimic",
            "Address of the PostgreSQL (13 or later), with the driver's parameters if need be.");
    public static final MimicSetting<String> POSTGRESQL_USER =
            text("postgresql.user", "", "User of PostgreSQL; empty: as the address says.");
    public static final MimicSetting<String> POSTGRESQL_PASSWORD =
            text("postgresql.password", "", "Password of PostgreSQL; empty: as the address says.");
    public static final MimicSetting<String> POSTGRESQL_SCHEMA =
            text("postgresql.schema", "", "Schema of MIMIC's tables; empty: the connection's own search path.");
    public static final MimicSetting<Integer> POSTGRESQL_CONNECTIONS =
            count("postgresql.connections", 8, 2, 1_000, "Connections of this node to PostgreSQL.");
    public static final MimicSetting<Boolean> POSTGRESQL_MIGRATE = flag(
            "postgresql.migrate",
            true,
            "Whether MIMIC makes and upgrades its tables; false: they must be there (docs/schema).");
    public static final MimicSetting<String> S3_ENDPOINT =
            text("s3.endpoint", "https://s3.amazonaws.com", "Address of the S3 service.", SettingForms::endpoint);
    public static final MimicSetting<String> S3_REGION =
            text("s3.region", "", "Region of the bucket, such as eu-central-1; empty: the service is asked.");
    public static final MimicSetting<String> S3_BUCKET =
            text("s3.bucket", "", "Name of the bucket; must be set for mimic.archive=s3.", SettingForms::bucket);
    public static final MimicSetting<String> S3_PREFIX = text(
            "s3.prefix", "", "Begins the name of every object in the bucket; empty: none.", SettingForms::objectPrefix);
    public static final MimicSetting<S3Style> S3_STYLE = choice(
            "s3.style",
            S3Style.AUTO,
            S3Style.class,
            "Whether the bucket is named in the address's path or in its host; auto: in the host at AWS, else in the path.");
    public static final MimicSetting<Boolean> S3_CREATE_BUCKET = flag(
            "s3.create-bucket", true, "Whether a bucket that is missing at start is made; false: that is an error.");
    public static final MimicSetting<S3Credentials> S3_CREDENTIALS = choice(
            "s3.credentials",
            S3Credentials.STATIC,
            S3Credentials.class,
            "Where the keys come from: these settings, the environment (AWS_ACCESS_KEY_ID … or MINIO_ACCESS_KEY …), or the role of the machine, container or pod.");
    public static final MimicSetting<String> S3_ACCESS_KEY =
            text("s3.access-key", "", "Access key, for mimic.s3.credentials=static.");
    public static final MimicSetting<String> S3_SECRET_KEY =
            text("s3.secret-key", "", "Secret key, for mimic.s3.credentials=static.");
    public static final MimicSetting<S3Encryption> S3_ENCRYPTION = choice(
            "s3.encryption",
            S3Encryption.NONE,
            S3Encryption.class,
            "What the service is asked to encrypt objects with: nothing beyond the bucket's own settings, its keys (SSE-S3), or a key of its key service (SSE-KMS).");
    public static final MimicSetting<String> S3_KMS_KEY =
            text("s3.kms-key", "", "Id of the key, for mimic.s3.encryption=kms.");
    public static final MimicSetting<Duration> S3_CONNECT_TIMEOUT =
            timeOut("s3.connect-timeout", Duration.ofSeconds(5), "How long a connection to S3 may take.");
    public static final MimicSetting<Duration> S3_TIMEOUT = timeOut(
            "s3.timeout", Duration.ofSeconds(30), "How long S3 may be silent while it is sent to or read from.");
    public static final MimicSetting<Integer> S3_RETRIES =
            count("s3.retries", 3, "How often a request to S3 is repeated, after growing pauses, when that may help.");
    public static final MimicSetting<String> ARCHIVE_CODEC =
            text("archive.codec", "xz", "How segments are compressed: xz or gzip.", SettingForms::codec);
    public static final MimicSetting<Duration> ARCHIVE_LEASE = duration(
            "archive.lease",
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            "How long a node that died keeps others from archiving the session that it had at hand.");
    public static final MimicSetting<Boolean> SINGLE_NODE = flag(
            "single-node",
            false,
            "Says that an embedded store beside a shared one is meant, since there is one node only.");
    public static final MimicSetting<Duration> RETENTION =
            retention("retention", Duration.ofDays(30), "Sessions are removed after this time; 0: never.");
    public static final MimicSetting<Long> RETENTION_MAX_BYTES = bytes(
            "retention.max-bytes",
            0,
            "When the archive holds more than this, the oldest sessions are removed; 0: no bound.");
    public static final MimicSetting<Boolean> ASSETS = flag(
            "assets",
            true,
            "Whether the pictures, fonts and style sheets that recorded pages show are kept, so that a replay looks right later.");
    public static final MimicSetting<String> ASSETS_ORIGIN = text(
            "assets.origin",
            "",
            "Where this process answers for the app, such as http://127.0.0.1:8080; empty: where its requests arrive.",
            SettingForms::serverOrigin);
    public static final MimicSetting<Long> ASSETS_MAX_BYTES =
            bytes("assets.max-bytes", 2 << 20, "Largest picture, font or style sheet that is kept.");
    public static final MimicSetting<Long> ASSETS_SESSION_MAX_BYTES = bytes(
            "assets.session-max-bytes",
            20 << 20,
            "How much the assets of one session may be together, at most 300 of them.");
    public static final MimicSetting<Double> SAMPLING =
            fraction("sampling", 1.0, "Share of sessions that are recorded, 0 to 1.");
    public static final MimicSetting<RecordingMode> RECORDING_MODE = choice(
            "recording.mode",
            RecordingMode.SESSION,
            RecordingMode.class,
            "Whether a sampled session is sent as it happens, or its last minute once an error or mimic.event() asks.");
    public static final MimicSetting<Boolean> RECORDING_HEADERS =
            flag("recording.headers", false, "Whether headers of fetch and XMLHttpRequest are recorded.");
    public static final MimicSetting<Boolean> RECORDING_BODIES = flag(
            "recording.bodies",
            false,
            "Whether text bodies of fetch and XMLHttpRequest are recorded, up to 16 KiB each.");
    public static final MimicSetting<Boolean> RECORDING_WEBSOCKET_PAYLOADS = flag(
            "recording.websocket-payloads",
            false,
            "Whether text messages of WebSockets are recorded, up to 16 KiB each.");
    public static final MimicSetting<Integer> RECORDING_CANVAS_FPS =
            count("recording.canvas-fps", 0, 0, 30, "Pictures of each canvas a second; 0: canvases are not recorded.");
    public static final MimicSetting<Integer> RECORDING_MEMORY_MB = count(
            "recording.memory-mb",
            8,
            1,
            256,
            "MiB that unsent events may take in the browser, and one snapshot four times as much; what does not fit is left out, with a marker.");
    public static final MimicSetting<Privacy> PRIVACY =
            choice("privacy", Privacy.INPUTS, Privacy.class, "What is masked in the browser, before it is sent.");
    public static final MimicSetting<Consent> CONSENT =
            choice("consent", Consent.NONE, Consent.class, "Whether nothing is recorded before mimic.optIn().");
    public static final MimicSetting<Boolean> RESPECT_GPC =
            flag("respect-gpc", true, "Whether Global Privacy Control and Do Not Track are obeyed.");
    public static final MimicSetting<List<String>> PRIVACY_MASK =
            list("privacy.mask", "CSS selectors of elements whose text is masked.");
    public static final MimicSetting<List<String>> PRIVACY_BLOCK =
            list("privacy.block", "CSS selectors of elements that are recorded as an empty box.");
    public static final MimicSetting<List<String>> PRIVACY_IGNORE =
            list("privacy.ignore", "CSS selectors of inputs whose changes are not recorded.");
    public static final MimicSetting<List<String>> PRIVACY_SCRUB_PARAMETERS = list(
            "privacy.scrub-parameters",
            "Names of query parameters whose values are removed, added to the built-in ones.");
    public static final MimicSetting<Boolean> SERVER_CAPTURE = flag(
            "server.capture",
            true,
            "Whether the host's requests are kept with the session that they belong to: route, status, time, exception.");
    public static final MimicSetting<ServerLogs> SERVER_LOGS = choice(
            "server.logs",
            ServerLogs.WARN,
            ServerLogs.class,
            "From which level on the host's log lines are kept with the request that wrote them.");
    public static final MimicSetting<List<String>> SERVER_EXCLUDE =
            list("server.exclude", "Paths (ant patterns) of whose requests nothing is kept.");
    public static final MimicSetting<AddressRule.Kept> PRIVACY_IP = choice(
            "privacy.ip",
            AddressRule.Kept.FULL,
            AddressRule.Kept.class,
            "What is kept of a visitor's address: all, its network (three bytes of IPv4, six of IPv6), a keyed hash, nothing.");
    public static final MimicSetting<Scrubber.Scope> PRIVACY_SCRUB = choice(
            "privacy.scrub",
            Scrubber.Scope.ALL,
            Scrubber.Scope.class,
            "Where the server takes out card numbers, e-mail addresses and credentials before it stores: in all, in texts (all but the page itself), nowhere.");
    public static final MimicSetting<String> PRIVACY_SCRUB_PATTERNS = text(
            "privacy.scrub-patterns",
            "",
            "What the server takes out besides, where it looks for card numbers.",
            SettingForms::scrubPatterns);
    public static final MimicSetting<String> LOCATION_DATABASE =
            text("location.database", "", "File of a MaxMind city or country database; empty: country by time zone.");

    /** Every setting, in the order of the configuration reference. */
    public static final List<MimicSetting<?>> ALL = List.of(
            ENABLED,
            PATH,
            DATA_DIR,
            INJECT,
            INJECT_INCLUDE,
            INJECT_EXCLUDE,
            PUBLIC_URL,
            TRUSTED_PROXIES,
            PROXY_HEADERS,
            SECRET,
            SECRET_PREVIOUS,
            PROJECT_NAME,
            PROJECT_ID,
            PROJECT_PASSWORD,
            PROJECT_VIEWER_PASSWORD,
            DASHBOARD_HOSTS,
            DASHBOARD_AUTH,
            DASHBOARD_ROLE,
            DASHBOARD_ADMIN_ROLE,
            ACCESS_LOG_RETENTION,
            REGISTRATION_OPEN,
            REGISTRATION_TOKEN,
            CROSS_ORIGINS,
            INGEST_RATE_SESSION,
            INGEST_RATE_ADDRESS,
            INGEST_RATE_PROJECT,
            INGEST_BODY_TIMEOUT,
            FLUSH_INTERVAL,
            SESSION_TIMEOUT,
            SESSION_GRACE,
            SESSION_RESUME,
            SESSION_MAX_DURATION,
            IDLE_TIMEOUT,
            BUFFER,
            ARCHIVE,
            CATALOG,
            REDIS_NODES,
            REDIS_MODE,
            REDIS_SENTINEL_MASTER,
            REDIS_USER,
            REDIS_PASSWORD,
            REDIS_SENTINEL_PASSWORD,
            REDIS_TLS,
            REDIS_PREFIX,
            REDIS_CONNECTIONS,
            REDIS_MAX_BYTES,
            REDIS_WAIT_REPLICAS,
            REDIS_WAIT_AOF,
            POSTGRESQL_URL,
            POSTGRESQL_USER,
            POSTGRESQL_PASSWORD,
            POSTGRESQL_SCHEMA,
            POSTGRESQL_CONNECTIONS,
            POSTGRESQL_MIGRATE,
            S3_ENDPOINT,
            S3_REGION,
            S3_BUCKET,
            S3_PREFIX,
            S3_STYLE,
            S3_CREATE_BUCKET,
            S3_CREDENTIALS,
            S3_ACCESS_KEY,
            S3_SECRET_KEY,
            S3_ENCRYPTION,
            S3_KMS_KEY,
            S3_CONNECT_TIMEOUT,
            S3_TIMEOUT,
            S3_RETRIES,
            ARCHIVE_CODEC,
            ARCHIVE_LEASE,
            SINGLE_NODE,
            RETENTION,
            RETENTION_MAX_BYTES,
            ASSETS,
            ASSETS_ORIGIN,
            ASSETS_MAX_BYTES,
            ASSETS_SESSION_MAX_BYTES,
            SAMPLING,
            RECORDING_MODE,
            RECORDING_HEADERS,
            RECORDING_BODIES,
            RECORDING_WEBSOCKET_PAYLOADS,
            RECORDING_CANVAS_FPS,
            RECORDING_MEMORY_MB,
            PRIVACY,
            CONSENT,
            RESPECT_GPC,
            PRIVACY_MASK,
            PRIVACY_BLOCK,
            PRIVACY_IGNORE,
            PRIVACY_SCRUB_PARAMETERS,
            SERVER_CAPTURE,
            SERVER_LOGS,
            SERVER_EXCLUDE,
            PRIVACY_IP,
            PRIVACY_SCRUB,
            PRIVACY_SCRUB_PATTERNS,
            LOCATION_DATABASE);

    private static final List<String> SECRETS =
            List.of("password", "secret", "token", "-key", ".url", "secret-previous");

    /** What a build or a host was to put a value for, and did not. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}]+}");

    private final String name;
    private final T defaultValue;
    private final String form;
    private final String meaning;
    private final Function<String, T> parser;

    MimicSetting(String name, T defaultValue, String form, String meaning, Function<String, T> parser) {
        this.name = name;
        this.defaultValue = defaultValue;
        this.form = form;
        this.meaning = meaning;
        this.parser = parser;
    }

    /** Full name, such as {@code mimic.session.timeout}. */
    public String key() {
        return "mimic." + name;
    }

    /** Name of the environment variable, such as {@code MIMIC_SESSION_TIMEOUT}. */
    public String environmentVariable() {
        return key().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    public T defaultValue() {
        return defaultValue;
    }

    /** The default as it would be written in a file. */
    public String defaultText() {
        return SettingForms.write(defaultValue);
    }

    /** What a value looks like, for messages and the reference. */
    public String form() {
        return form;
    }

    /** What it means, one or two sentences. */
    public String meaning() {
        return meaning;
    }

    /** @throws ConfigException naming the setting, the bad value and what would be right */
    T parse(String value) {
        if (PLACEHOLDER.matcher(value).find()) {
            throw new ConfigException(
                    key() + " still holds a placeholder: \"" + shown(value) + "\"; what it stands for must be given.",
                    null);
        }
        try {
            return parser.apply(value.trim());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key() + " is \"" + shown(value) + "\"; it must be " + form + ".", e);
        }
    }

    /** Whether its value is not to be shown: a password, a key, or an address that may hold one. */
    public boolean secret() {
        return SECRETS.stream().anyMatch(name::endsWith);
    }

    private String shown(String value) {
        return secret() ? "…" : value;
    }

    /** Which forwarding headers count; see {@link #PROXY_HEADERS}. */
    public enum ProxyHeaders {
        X_FORWARDED,
        FORWARDED
    }

    /** Whether and where the recorder's tag is injected. */
    public enum Inject {
        /** Into HTML pages that a browser navigates to. */
        AUTO,
        /** Into every HTML answer. */
        ALWAYS,
        /** Never: the tag is in the pages already, or put there by hand. */
        NEVER
    }

    /** Who decides who may see the dashboard. */
    public enum DashboardAuth {
        /** MIMIC: whoever knows a project's password. */
        PASSWORD,
        /** The host: whoever it has logged in and given the role. */
        HOST
    }

    /** Where active sessions are kept. */
    public enum BufferKind {
        EMBEDDED,
        REDIS,
        POSTGRESQL
    }

    /** Where finished segments are kept. */
    public enum ArchiveKind {
        FILE,
        S3
    }

    /** Where the metadata of sessions is kept. */
    public enum CatalogKind {
        EMBEDDED,
        POSTGRESQL
    }

    /** Where a bucket is named in an address. */
    public enum S3Style {
        /** In the host at AWS, else in the path. */
        AUTO,
        /** As the first part of the path. */
        PATH,
        /** In front of the host name. */
        VIRTUAL_HOST
    }

    /** Where the keys of S3 come from. */
    public enum S3Credentials {
        /** From settings. */
        STATIC,
        /** From environment variables. */
        ENVIRONMENT,
        /** From the role of the machine, container or pod. */
        IAM
    }

    /** What the S3 service encrypts objects with. */
    public enum S3Encryption {
        /** What the bucket's own settings say. */
        NONE,
        /** Keys of the service. */
        S3,
        /** A key of the key management service. */
        KMS
    }

    /** When the recorder sends what it records. */
    public enum RecordingMode {
        /** As it happens. */
        SESSION,
        /** Nothing before an error or {@code mimic.event()}; then the last 60 seconds and all that follows. */
        ERROR_BUFFER
    }

    /** What is masked in the browser. */
    public enum Privacy {
        /** All text and all inputs. */
        STRICT,
        /** All inputs. */
        INPUTS,
        /** Passwords and what is marked. */
        NONE
    }

    /** Whether recording waits for consent. */
    public enum Consent {
        NONE,
        REQUIRED
    }

    /** Which of the host's log lines are kept. */
    public enum ServerLogs {
        /** Warnings and errors. */
        WARN,
        /** Errors alone. */
        ERROR,
        /** None. */
        OFF
    }

    /** How Redis nodes hang together. */
    public enum RedisMode {
        /** One server, perhaps with replicas that take no part. */
        STANDALONE,
        /** Sentinels name the master. */
        SENTINEL,
        /** A Redis Cluster. */
        CLUSTER
    }
}

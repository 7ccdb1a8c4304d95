package io.mimic;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One setting: its name below {@code mimic.}, its default, its form and what it means. {@link #ALL} is the one table that system properties,
 * environment variables, servlet context parameters, {@code mimic.properties}, Spring properties and the configuration reference share.
 *
 * @param <T> type of its value; may be nullable text, then the default is the empty string
 */
public final class MimicSetting<T> {
    private static final Pattern DURATION = new Pattern();

    public static final MimicSetting<Boolean> ENABLED = flag("enabled", true, "Whether MIMIC runs at all.");
    public static final MimicSetting<String> PATH =
            text("path", "/mimic", "Where MIMIC is mounted, under the host's context path.", MimicSetting::mountPath);
    public static final MimicSetting<String> DATA_DIR = text(
            "data-dir", "./mimic-data", "Folder of the embedded stores; a folder of the context's name is made in it.");
    public static final MimicSetting<Inject> INJECT = choice(
            "inject", Inject.AUTO, Inject.class, "Whether the filter puts the recorder's tag into HTML answers.");
    public static final MimicSetting<List<String>> INJECT_INCLUDE =
            list("inject.include", "Paths (ant patterns) that are injected; empty: all.");
    public static final MimicSetting<List<String>> INJECT_EXCLUDE =
            list("inject.exclude", "Paths (ant patterns) that are never injected.");
    public static final MimicSetting<String> PUBLIC_URL =
            text("public-url", "", "External address of the host, for links, when it cannot be told from the request.");
    public static final MimicSetting<List<String>> TRUSTED_PROXIES =
            list("trusted-proxies", "Addresses or CIDR ranges whose X-Forwarded-* and location headers count.");
    public static final MimicSetting<String> SECRET = text(
            "secret",
            "",
            "Key that signs session tokens; empty: made once and kept in the catalog, shared by all nodes.");
    public static final MimicSetting<String> PROJECT_NAME = text(
            "project.name", "default", "Name of the project that this webapp records into; what people log in with.");
    public static final MimicSetting<String> PROJECT_ID =
            text("project.id", "", "Public id of the project; empty: made once and kept in the catalog.");
    public static final MimicSetting<String> PROJECT_PASSWORD =
            text("project.password", "", "Password of the dashboard; empty: generated at first start and logged once.");
    public static final MimicSetting<Boolean> REGISTRATION_OPEN =
            flag("registration.open", false, "Whether projects can be registered without the registration token.");
    public static final MimicSetting<String> REGISTRATION_TOKEN = text(
            "registration.token",
            "",
            "Token that registering a project needs; empty: made once and kept in the catalog.");
    public static final MimicSetting<List<String>> CROSS_ORIGINS =
            list("cross-origins", "Origins of other sites that may send batches to this host.");
    public static final MimicSetting<Integer> INGEST_RATE_PAGE = count(
            "ingest.rate.page", 10, "Batches a second that one page may send, ten times as many at once; 0: no bound.");
    public static final MimicSetting<Integer> INGEST_RATE_ADDRESS = count(
            "ingest.rate.address",
            500,
            "Batches a second from one address, ten times as many at once; 0: no bound. Behind a proxy that is not among the trusted ones all visitors have one address.");
    public static final MimicSetting<Integer> INGEST_RATE_PROJECT = count(
            "ingest.rate.project",
            2_000,
            "Batches a second into one project, ten times as many at once; 0: no bound. Each node counts for itself.");
    public static final MimicSetting<Duration> FLUSH_INTERVAL =
            duration("flush-interval", Duration.ofSeconds(5), "How often the recorder sends.");
    public static final MimicSetting<Duration> SESSION_TIMEOUT = duration(
            "session.timeout", Duration.ofSeconds(10), "No batch for this long, plus the grace, ends a session.");
    public static final MimicSetting<Duration> SESSION_GRACE = duration(
            "session.grace", Duration.ofSeconds(5), "Added to the timeout, for batches that are on their way.");
    public static final MimicSetting<Duration> SESSION_RESUME = duration(
            "session.resume",
            Duration.ofMinutes(30),
            "A visitor who returns within this time continues the session; 0: never.");
    public static final MimicSetting<Duration> SESSION_MAX_DURATION =
            duration("session.max-duration", Duration.ofHours(4), "A longer session is followed by a new one.");
    public static final MimicSetting<Duration> IDLE_TIMEOUT =
            duration("idle-timeout", Duration.ofMinutes(5), "Without interaction for this long the recorder pauses.");
    public static final MimicSetting<BufferKind> BUFFER =
            choice("buffer", BufferKind.EMBEDDED, BufferKind.class, "Where active sessions are kept.");
    public static final MimicSetting<ArchiveKind> ARCHIVE =
            choice("archive", ArchiveKind.FILE, ArchiveKind.class, "Where finished segments are kept.");
    public static final MimicSetting<CatalogKind> CATALOG =
            choice("catalog", CatalogKind.EMBEDDED, CatalogKind.class, "Where the metadata of sessions is kept.");
    public static final MimicSetting<String> ARCHIVE_CODEC =
            text("archive.codec", "xz", "How segments are compressed: xz or gzip.", MimicSetting::codec);
    public static final MimicSetting<Duration> ARCHIVE_LEASE = duration(
            "archive.lease",
            Duration.ofSeconds(60),
            "How long a node that died keeps others from archiving the session that it had at hand.");
    public static final MimicSetting<Boolean> SINGLE_NODE = flag(
            "single-node",
            false,
            "Says that an embedded store beside a shared one is meant, since there is one node only.");
    public static final MimicSetting<Duration> RETENTION =
            duration("retention", Duration.ofDays(30), "Sessions are removed after this time; 0: never.");
    public static final MimicSetting<Long> RETENTION_MAX_BYTES = bytes(
            "retention.max-bytes",
            0,
            "When the archive holds more than this, the oldest sessions are removed; 0: no bound.");
    public static final MimicSetting<Double> SAMPLING =
            fraction("sampling", 1.0, "Share of sessions that are recorded, 0 to 1.");
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
            SECRET,
            PROJECT_NAME,
            PROJECT_ID,
            PROJECT_PASSWORD,
            REGISTRATION_OPEN,
            REGISTRATION_TOKEN,
            CROSS_ORIGINS,
            INGEST_RATE_PAGE,
            INGEST_RATE_ADDRESS,
            INGEST_RATE_PROJECT,
            FLUSH_INTERVAL,
            SESSION_TIMEOUT,
            SESSION_GRACE,
            SESSION_RESUME,
            SESSION_MAX_DURATION,
            IDLE_TIMEOUT,
            BUFFER,
            ARCHIVE,
            CATALOG,
            ARCHIVE_CODEC,
            ARCHIVE_LEASE,
            SINGLE_NODE,
            RETENTION,
            RETENTION_MAX_BYTES,
            SAMPLING,
            PRIVACY,
            CONSENT,
            RESPECT_GPC,
            PRIVACY_MASK,
            PRIVACY_BLOCK,
            PRIVACY_IGNORE,
            PRIVACY_SCRUB_PARAMETERS,
            LOCATION_DATABASE);

    private final String name;
    private final T defaultValue;
    private final String form;
    private final String meaning;
    private final Function<String, T> parser;

    private MimicSetting(String name, T defaultValue, String form, String meaning, Function<String, T> parser) {
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
        return text(defaultValue);
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
        try {
            return parser.apply(value.trim());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key() + " is \"" + shown(value) + "\"; it must be " + form + ".", e);
        }
    }

    private String shown(String value) {
        return name.endsWith("password") || name.endsWith("secret") || name.endsWith("token") ? "…" : value;
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Duration duration) {
            return DURATION.format(duration);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return value instanceof Enum<?> constant ? word(constant) : String.valueOf(value);
    }

    private static MimicSetting<Boolean> flag(String name, boolean byDefault, String meaning) {
        Map<String, Boolean> words = Map.of("true", true, "false", false);
        return new MimicSetting<>(
                name,
                byDefault,
                "true or false",
                meaning,
                value -> Optional.ofNullable(words.get(value.toLowerCase(Locale.ROOT)))
                        .orElseThrow(IllegalArgumentException::new));
    }

    private static MimicSetting<String> text(String name, String byDefault, String meaning) {
        return new MimicSetting<>(name, byDefault, "text", meaning, Function.identity());
    }

    private static MimicSetting<String> text(
            String name, String byDefault, String meaning, Function<String, Checked> check) {
        String form = check.apply(byDefault).form();
        return new MimicSetting<>(name, byDefault, form, meaning, value -> {
            Checked checked = check.apply(value);
            if (!checked.right()) {
                throw new IllegalArgumentException(value);
            }
            return checked.value();
        });
    }

    private static MimicSetting<Double> fraction(String name, double byDefault, String meaning) {
        return new MimicSetting<>(name, byDefault, "a number from 0 to 1", meaning, value -> {
            double number = Double.parseDouble(value);
            if (!(number >= 0 && number <= 1)) {
                throw new IllegalArgumentException(value);
            }
            return number;
        });
    }

    private static MimicSetting<Duration> duration(String name, Duration byDefault, String meaning) {
        return new MimicSetting<>(
                name, byDefault, "a time such as 500ms, 10s, 5m, 4h or 30d", meaning, DURATION::parse);
    }

    private static MimicSetting<Integer> count(String name, int byDefault, String meaning) {
        return new MimicSetting<>(name, byDefault, "a whole number from 0 to 1000000", meaning, value -> {
            int number = Integer.parseInt(value);
            if (number < 0 || number > 1_000_000) {
                throw new IllegalArgumentException(value);
            }
            return number;
        });
    }

    private static MimicSetting<Long> bytes(String name, long byDefault, String meaning) {
        return new MimicSetting<>(
                name, byDefault, "a size such as 0, 500MB, 20GB or 1TB", meaning, MimicSetting::parseBytes);
    }

    private static long parseBytes(String value) {
        Map<String, Long> units = Map.of("", 1L, "KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30, "TB", 1L << 40);
        String digits = value.replaceFirst("\\D.*$", "");
        Long unit = units.get(value.substring(digits.length()).trim().toUpperCase(Locale.ROOT));
        boolean number = !digits.isEmpty() && digits.length() <= 12;
        if (unit == null || !number || Long.parseLong(digits) > Long.MAX_VALUE / unit) {
            throw new IllegalArgumentException(value);
        }
        return Long.parseLong(digits) * unit;
    }

    private static MimicSetting<List<String>> list(String name, String meaning) {
        return new MimicSetting<>(
                name,
                List.of(),
                "values separated by commas",
                meaning,
                value -> Stream.of(value.split(",", -1))
                        .map(String::trim)
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    private static <E extends Enum<E>> MimicSetting<E> choice(String name, E byDefault, Class<E> type, String meaning) {
        Map<String, E> words =
                Stream.of(type.getEnumConstants()).collect(Collectors.toMap(MimicSetting::word, Function.identity()));
        String form = Stream.of(type.getEnumConstants()).map(MimicSetting::word).collect(Collectors.joining(", "));
        return new MimicSetting<>(
                name,
                byDefault,
                "one of " + form,
                meaning,
                value -> Optional.ofNullable(words.get(value.toLowerCase(Locale.ROOT)))
                        .orElseThrow(IllegalArgumentException::new));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Checked mountPath(String value) {
        String path = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
        return new Checked(
                path.matches("(/[A-Za-z0-9._~-]+)+") && !path.contains(".."), path, "a path such as /mimic, never /");
    }

    private static Checked codec(String value) {
        return new Checked(value.equals("xz") || value.equals("gzip"), value, "xz or gzip");
    }

    private record Checked(boolean right, String value, String form) {}

    /** Whether and where the recorder's tag is injected. */
    public enum Inject {
        /** Into HTML pages that a browser navigates to. */
        AUTO,
        /** Into every HTML answer. */
        ALWAYS,
        /** Never: the tag is in the pages already, or put there by hand. */
        NEVER
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

    /** Durations as people write them. */
    private static final class Pattern {
        private static final Map<String, Duration> UNITS = Map.of(
                "ms", Duration.ofMillis(1),
                "s", Duration.ofSeconds(1),
                "m", Duration.ofMinutes(1),
                "h", Duration.ofHours(1),
                "d", Duration.ofDays(1));
        private static final java.util.regex.Pattern FORM = java.util.regex.Pattern.compile("(\\d{1,12})(ms|s|m|h|d)?");

        Duration parse(String text) {
            var matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new IllegalArgumentException(text);
            }
            Duration unit =
                    UNITS.getOrDefault(Optional.ofNullable(matcher.group(2)).orElse("ms"), Duration.ofMillis(1));
            return unit.multipliedBy(Long.parseLong(matcher.group(1)));
        }

        String format(Duration duration) {
            for (String unit : List.of("d", "h", "m", "s")) {
                long length = UNITS.getOrDefault(unit, Duration.ofMillis(1)).toMillis();
                if (duration.toMillis() > 0 && duration.toMillis() % length == 0) {
                    return duration.toMillis() / length + unit;
                }
            }
            return duration.toMillis() + "ms";
        }
    }
}

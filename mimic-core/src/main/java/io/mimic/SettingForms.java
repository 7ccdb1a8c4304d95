package io.mimic;

import io.mimic.privacy.Scrubber;
import io.mimic.project.Origins;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the values of settings are written and read. */
final class SettingForms {
    private static final Durations DURATIONS = new Durations();

    private SettingForms() {}

    /** A value as it would be written in a file. */
    static String write(@Nullable Object value) {
        if (value instanceof Duration duration) {
            return DURATIONS.format(duration);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return value instanceof Enum<?> constant ? word(constant) : String.valueOf(value);
    }

    static MimicSetting<Boolean> flag(String name, boolean byDefault, String meaning) {
        Map<String, Boolean> words = Map.of("true", true, "false", false);
        return new MimicSetting<>(
                name,
                byDefault,
                "true or false",
                meaning,
                value -> Optional.ofNullable(words.get(value.toLowerCase(Locale.ROOT)))
                        .orElseThrow(IllegalArgumentException::new));
    }

    static MimicSetting<String> text(String name, String byDefault, String meaning) {
        return new MimicSetting<>(name, byDefault, "text", meaning, Function.identity());
    }

    static MimicSetting<String> text(String name, String byDefault, String meaning, Function<String, Checked> check) {
        String form = check.apply(byDefault).form();
        return new MimicSetting<>(name, byDefault, form, meaning, value -> {
            Checked checked = check.apply(value);
            if (!checked.right()) {
                throw new IllegalArgumentException(value);
            }
            return checked.value();
        });
    }

    static MimicSetting<Double> fraction(String name, double byDefault, String meaning) {
        return new MimicSetting<>(name, byDefault, "a number from 0 to 1", meaning, value -> {
            double number = Double.parseDouble(value);
            if (!(number >= 0 && number <= 1)) {
                throw new IllegalArgumentException(value);
            }
            return number;
        });
    }

    static MimicSetting<Duration> duration(
            String name, Duration byDefault, Duration least, Duration most, String meaning) {
        String form = "a time from " + write(least) + " to " + write(most) + ", such as " + write(byDefault);
        return new MimicSetting<>(name, byDefault, form, meaning, value -> {
            Duration time = DURATIONS.parse(value);
            if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
                throw new IllegalArgumentException(value);
            }
            return time;
        });
    }

    static MimicSetting<Integer> count(String name, int byDefault, String meaning) {
        return count(name, byDefault, 0, 1_000_000, meaning);
    }

    static MimicSetting<Integer> count(String name, int byDefault, int least, int most, String meaning) {
        String form = "a whole number from " + least + " to " + most;
        return new MimicSetting<>(name, byDefault, form, meaning, value -> {
            int number = Integer.parseInt(value);
            if (number < least || number > most) {
                throw new IllegalArgumentException(value);
            }
            return number;
        });
    }

    static MimicSetting<Long> bytes(String name, long byDefault, String meaning) {
        return new MimicSetting<>(
                name, byDefault, "a size such as 0, 500MB, 20GB or 1TB", meaning, SettingForms::parseBytes);
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

    static MimicSetting<List<String>> list(String name, String meaning) {
        return list(name, List.of(), meaning);
    }

    static MimicSetting<List<String>> list(String name, List<String> byDefault, String meaning) {
        return new MimicSetting<>(name, byDefault, "values separated by commas", meaning, SettingForms::parts);
    }

    static MimicSetting<List<String>> origins(String name, String meaning) {
        return new MimicSetting<>(
                name,
                List.of(),
                "origins such as https://www.example.org, separated by commas",
                meaning,
                value -> List.copyOf(Origins.of(parts(value)).all()));
    }

    private static List<String> parts(String value) {
        return Stream.of(value.split(",", -1))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    static <E extends Enum<E>> MimicSetting<E> choice(String name, E byDefault, Class<E> type, String meaning) {
        Map<String, E> words =
                Stream.of(type.getEnumConstants()).collect(Collectors.toMap(SettingForms::word, Function.identity()));
        String form = Stream.of(type.getEnumConstants()).map(SettingForms::word).collect(Collectors.joining(", "));
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

    /** @param byDefault a time-out: never zero, which would be none at all */
    static MimicSetting<Duration> timeOut(String name, Duration byDefault, String meaning) {
        return duration(name, byDefault, Duration.ofMillis(1), Duration.ofHours(1), meaning);
    }

    /** @param byDefault how long something is kept; zero is for ever */
    static MimicSetting<Duration> retention(String name, Duration byDefault, String meaning) {
        return duration(name, byDefault, Duration.ZERO, Duration.ofDays(36_500), meaning);
    }

    static Checked folder(String value) {
        String form = "a path as this system writes them, such as ./mimic-data";
        try {
            return new Checked(!Path.of(value).toString().isEmpty(), value, form);
        } catch (InvalidPathException e) {
            return new Checked(false, value, form);
        }
    }

    static Checked projectId(String value) {
        return new Checked(value.matches("[A-Za-z0-9_-]{0,64}"), value, "up to 64 letters, digits, _ and -");
    }

    static Checked projectName(String value) {
        return new Checked(
                value.matches("[^\\p{Cntrl}]{1,100}"), value, "1 to 100 characters, none of them a control character");
    }

    static Checked password(String value) {
        return new Checked(
                value.isEmpty() || (value.length() >= 8 && value.length() <= 1_000), value, "8 to 1000 characters");
    }

    static Checked signingKey(String value) {
        return new Checked(value.isEmpty() || value.length() >= 16, value, "at least 16 characters, made at random");
    }

    static Checked mountPath(String value) {
        String path = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
        return new Checked(
                path.matches("(/[A-Za-z0-9._~-]+)+") && !path.contains(".."), path, "a path such as /mimic, never /");
    }

    static Checked codec(String value) {
        return new Checked(value.equals("xz") || value.equals("gzip"), value, "xz or gzip");
    }

    static Checked endpoint(String value) {
        return new Checked(
                value.matches("(?i)https?://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?/?"),
                value,
                "an address such as https://s3.eu-central-1.amazonaws.com, without a path");
    }

    static Checked serverOrigin(String value) {
        return new Checked(
                value.isEmpty() || value.matches("(?i)https?://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?"),
                value,
                "an address such as http://127.0.0.1:8080, without a path");
    }

    static Checked bucket(String value) {
        return new Checked(
                value.isEmpty() || value.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
                value,
                "a name of 3 to 63 lower-case letters, digits, dots and hyphens");
    }

    static Checked objectPrefix(String value) {
        String prefix = value.isEmpty() || value.endsWith("/") ? value : value + "/";
        return new Checked(
                prefix.matches("(?=.{0,256}$)([A-Za-z0-9_-][A-Za-z0-9_.-]*/)*"),
                prefix,
                "folders such as replays/shop, of letters, digits, _, - and .");
    }

    static Checked scrubPatterns(String value) {
        String form = "RE2 patterns separated by spaces (\\s stands for a space), such as CUST-\\d{6}";
        try {
            Scrubber.of(Scrubber.Scope.ALL, words(value));
            return new Checked(true, value, form);
        } catch (IllegalArgumentException e) {
            return new Checked(false, value, form);
        }
    }

    /** Parts that are separated by white space. */
    static List<String> words(String value) {
        return Stream.of(value.split("\\s+")).filter(part -> !part.isEmpty()).toList();
    }

    record Checked(boolean right, String value, String form) {}

    /** Durations as people write them. */
    private static final class Durations {
        private static final Map<String, Duration> UNITS = Map.of(
                "ms", Duration.ofMillis(1),
                "s", Duration.ofSeconds(1),
                "m", Duration.ofMinutes(1),
                "h", Duration.ofHours(1),
                "d", Duration.ofDays(1));
        private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)?");

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
            if (duration.isZero()) {
                return "0";
            }
            for (String unit : List.of("d", "h", "m", "s")) {
                long length = UNITS.getOrDefault(unit, Duration.ofMillis(1)).toMillis();
                if (duration.toMillis() % length == 0) {
                    return duration.toMillis() / length + unit;
                }
            }
            return duration.toMillis() + "ms";
        }
    }
}

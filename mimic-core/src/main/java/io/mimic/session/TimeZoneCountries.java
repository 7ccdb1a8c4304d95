package io.mimic.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which country a time zone's name belongs to, from the tz database. */
record TimeZoneCountries(Map<String, String> countries) {
    private static final String TABLE = "/META-INF/mimic/time-zone-countries.tsv";

    static TimeZoneCountries load() {
        InputStream table = TimeZoneCountries.class.getResourceAsStream(TABLE);
        if (table == null) {
            throw new IllegalStateException(TABLE + " is missing in MIMIC's jar.");
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            return new TimeZoneCountries(lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", 2))
                    .collect(Collectors.toUnmodifiableMap(parts -> parts[0], parts -> parts[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<String> country(@Nullable String timeZone) {
        return timeZone == null ? Optional.empty() : Optional.ofNullable(countries.get(timeZone));
    }
}

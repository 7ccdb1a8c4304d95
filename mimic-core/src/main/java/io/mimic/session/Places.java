package io.mimic.session;

import com.maxmind.db.Reader;
import io.mimic.privacy.ClientText;
import io.mimic.session.ClientMetadata.Place;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a client probably is: by the headers of a proxy that knows, else by the operator's database, else the country of its time zone.
 */
final class Places implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Places.class.getName());
    private static final int NAME = 100;
    private static final List<Headers> PROXIES = List.of(
            new Headers("cf-ipcountry", "cf-region", "cf-ipcity"),
            new Headers("cloudfront-viewer-country", "cloudfront-viewer-country-region-name", "cloudfront-viewer-city"),
            new Headers("x-appengine-country", "x-appengine-region", "x-appengine-city"));

    private final @Nullable Reader database;
    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile @Nullable TimeZoneCountries timeZones;

    private Places(@Nullable Reader database) {
        this.database = database;
    }

    static Places open(String file) {
        if (file.isEmpty()) {
            return new Places(null);
        }
        try {
            return new Places(new Reader(new File(file)));
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "mimic.location.database is \"" + file + "\", which cannot be read as a MaxMind database ("
                            + e.getMessage() + "). Countries are told by time zone instead.");
            return new Places(null);
        }
    }

    Place find(UnaryOperator<@Nullable String> header, String ip, @Nullable String timeZone) {
        return byProxy(header)
                .or(() -> byDatabase(ip))
                .or(() -> timeZones().country(timeZone).map(code -> place(code, null, null)))
                .orElse(Place.UNKNOWN);
    }

    /** Read when it is first asked for: the host's start does not wait for it. */
    private TimeZoneCountries timeZones() {
        TimeZoneCountries known = timeZones;
        if (known == null) {
            known = TimeZoneCountries.load();
            timeZones = known;
        }
        return known;
    }

    @Override
    public void close() {
        if (database != null) {
            try {
                database.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "The location database did not close.", e);
            }
        }
    }

    private static Optional<Place> byProxy(UnaryOperator<@Nullable String> header) {
        for (Headers names : PROXIES) {
            String code = header.apply(names.country());
            if (isCountry(code)) {
                return Optional.of(place(code, text(header.apply(names.region())), text(header.apply(names.city()))));
            }
        }
        return Optional.empty();
    }

    private Optional<Place> byDatabase(String ip) {
        if (database == null || !isNumeric(ip)) {
            return Optional.empty();
        }
        try {
            Map<?, ?> found = database.get(InetAddress.getByName(ip), Map.class);
            return Optional.ofNullable(found).flatMap(Places::place);
        } catch (IOException | RuntimeException e) {
            if (complained.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "The location database cannot be searched.", e);
            }
            return Optional.empty();
        }
    }

    private static Optional<Place> place(Map<?, ?> found) {
        if (!(at(found, "country", "iso_code") instanceof String code) || !isCountry(code)) {
            return Optional.empty();
        }
        Object region = found.get("subdivisions") instanceof List<?> list && !list.isEmpty() ? list.get(0) : null;
        return Optional.of(place(
                code,
                region instanceof Map<?, ?> map && at(map, "names", "en") instanceof String name ? name : null,
                found.get("city") instanceof Map<?, ?> city && at(city, "names", "en") instanceof String name
                        ? name
                        : null));
    }

    private static @Nullable Object at(Map<?, ?> map, String outer, String inner) {
        return map.get(outer) instanceof Map<?, ?> object ? object.get(inner) : null;
    }

    private static Place place(String code, @Nullable String region, @Nullable String city) {
        String upper = code.toUpperCase(Locale.ROOT);
        String country = new Locale("", upper).getDisplayCountry(Locale.ENGLISH);
        return new Place(country, upper, ClientText.line(region, NAME), ClientText.line(city, NAME));
    }

    /** XX, T1 and ZZ are what proxies say when they do not know. */
    private static boolean isCountry(@Nullable String code) {
        return code != null && code.matches("[A-Za-z]{2}") && !code.matches("(?i)xx|zz");
    }

    /** A name would be looked up in the network. */
    private static boolean isNumeric(String ip) {
        return ip.matches("[0-9.]{7,15}") || (ip.contains(":") && ip.matches("[0-9A-Fa-f:.]{2,45}"));
    }

    /** Proxies send UTF-8, containers read headers as Latin-1. */
    private static @Nullable String text(@Nullable String header) {
        if (header == null || header.equals("?")) {
            return null;
        }
        String decoded = new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return decoded.indexOf('\uFFFD') < 0 ? decoded : header;
    }

    private record Headers(String country, String region, String city) {}
}

package io.mimic.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.catalog.ClientRow;
import io.mimic.privacy.ClientText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the browser that a session was recorded in. Every text is one clean line of bounded length; what is unknown is null.
 *
 * <p>Its JSON has the members {@code url, referrer, title, ip, userAgent, browser, browserVersion, os, osVersion, device, language,
 * languages, timeZone, country, countryCode, region, city, screen {width, height, pixelRatio}, viewport {width, height}, recorder,
 * privacy}; unknown ones are left out.
 *
 * @param url address of the page on which the session began
 * @param ip address of the client
 * @param userAgent as the request had it
 * @param languages the browser's languages, preferred first
 * @param timeZone name such as {@code Europe/Berlin}
 * @param place where that probably is
 * @param recorder version of the recorder
 * @param privacy preset under which it records
 */
public record ClientMetadata(
        @Nullable String url,
        @Nullable String referrer,
        @Nullable String title,
        @Nullable String ip,
        @Nullable String userAgent,
        Agent agent,
        @Nullable String language,
        List<String> languages,
        @Nullable String timeZone,
        Place place,
        @Nullable Size screen,
        @Nullable Size viewport,
        @Nullable String recorder,
        @Nullable String privacy) {
    /** Jackson's own default keeps its buffers in thread locals, which a redeployed host would not get rid of. */
    private static final JSON JSON_MAPPER = JSON.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.newBoundedPool(8))
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .build();

    private static final int SHORT = 200;
    private static final int LONG = 2_048;

    public ClientMetadata {
        languages = List.copyOf(languages);
    }

    /** Browser, operating system and kind of device ({@code desktop}, {@code mobile}, {@code tablet} or {@code bot}). */
    public record Agent(
            @Nullable String browser,
            @Nullable String browserVersion,
            @Nullable String os,
            @Nullable String osVersion,
            @Nullable String device) {
        static final Agent UNKNOWN = new Agent(null, null, null, null, null);
    }

    /** An approximate place; {@code country} is its English name, {@code countryCode} has two letters. */
    public record Place(
            @Nullable String country,
            @Nullable String countryCode,
            @Nullable String region,
            @Nullable String city) {
        static final Place UNKNOWN = new Place(null, null, null, null);
    }

    /** In CSS pixels; {@code pixelRatio} is null where it was not told. */
    public record Size(int width, int height, @Nullable Double pixelRatio) {}

    ClientMetadata with(Agent other) {
        return new ClientMetadata(
                url, referrer, title, ip, userAgent, other, language, languages, timeZone, place, screen, viewport,
                recorder, privacy);
    }

    /** As it is kept in {@link io.mimic.buffer.Append#client}. */
    public String toJson() {
        Map<String, Object> members = new LinkedHashMap<>();
        put(members, "url", url);
        put(members, "referrer", referrer);
        put(members, "title", title);
        put(members, "ip", ip);
        put(members, "userAgent", userAgent);
        put(members, "browser", agent.browser());
        put(members, "browserVersion", agent.browserVersion());
        put(members, "os", agent.os());
        put(members, "osVersion", agent.osVersion());
        put(members, "device", agent.device());
        put(members, "language", language);
        put(members, "languages", languages.isEmpty() ? null : languages);
        put(members, "timeZone", timeZone);
        put(members, "country", place.country());
        put(members, "countryCode", place.countryCode());
        put(members, "region", place.region());
        put(members, "city", place.city());
        put(members, "screen", json(screen));
        put(members, "viewport", json(viewport));
        put(members, "recorder", recorder);
        put(members, "privacy", privacy);
        try {
            return JSON_MAPPER.asString(members);
        } catch (IOException e) {
            throw new IllegalStateException("A map of texts and numbers could not be written as JSON.", e);
        }
    }

    /** @throws IllegalArgumentException when the text is no JSON object */
    public static ClientMetadata fromJson(String json) {
        Members members = new Members(parse(json));
        return new ClientMetadata(
                members.text("url", LONG),
                members.text("referrer", LONG),
                members.text("title", SHORT),
                members.text("ip", SHORT),
                members.text("userAgent", LONG),
                new Agent(
                        members.text("browser", SHORT),
                        members.text("browserVersion", SHORT),
                        members.text("os", SHORT),
                        members.text("osVersion", SHORT),
                        members.text("device", SHORT)),
                members.text("language", SHORT),
                members.texts("languages", SHORT),
                members.text("timeZone", SHORT),
                new Place(
                        members.text("country", SHORT),
                        members.text("countryCode", SHORT),
                        members.text("region", SHORT),
                        members.text("city", SHORT)),
                members.size("screen"),
                members.size("viewport"),
                members.text("recorder", SHORT),
                members.text("privacy", SHORT));
    }

    /** The same in the catalog's columns. */
    public ClientRow toRow() {
        return new ClientRow(
                url,
                title,
                ip,
                agent.browser(),
                agent.browserVersion(),
                agent.os(),
                agent.osVersion(),
                agent.device(),
                language,
                timeZone,
                place.country(),
                place.countryCode(),
                place.region(),
                place.city(),
                toJson());
    }

    static Map<String, Object> parse(String json) {
        try {
            return JSON_MAPPER.mapFrom(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("Client metadata is no JSON object.", e);
        }
    }

    private static @Nullable Map<String, Object> json(@Nullable Size size) {
        if (size == null) {
            return null;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("width", size.width());
        members.put("height", size.height());
        put(members, "pixelRatio", size.pixelRatio());
        return members;
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    /** Members of a JSON object, each taken only when it is of the right type. */
    record Members(Map<String, Object> map) {
        @Nullable
        String text(String name, int limit) {
            return map.get(name) instanceof String text ? ClientText.line(text, limit) : null;
        }

        List<String> texts(String name, int limit) {
            return map.get(name) instanceof List<?> list
                    ? list.stream()
                            .map(item -> item instanceof String text ? ClientText.line(text, limit) : null)
                            .filter(Objects::nonNull)
                            .limit(20)
                            .toList()
                    : List.of();
        }

        Members object(String name) {
            return new Members(asObject(map.get(name)));
        }

        List<Members> objects(String name) {
            return map.get(name) instanceof List<?> list
                    ? list.stream()
                            .limit(20)
                            .map(item -> new Members(asObject(item)))
                            .toList()
                    : List.of();
        }

        boolean flag(String name) {
            return Boolean.TRUE.equals(map.get(name));
        }

        @Nullable
        Size size(String name) {
            Members object = object(name);
            return object.map.get("width") instanceof Number width && object.map.get("height") instanceof Number height
                    ? new Size(pixels(width), pixels(height), ratio(object.map.get("pixelRatio")))
                    : null;
        }

        private static int pixels(Number number) {
            return (int) Math.max(0, Math.min(1_000_000, number.doubleValue()));
        }

        private static @Nullable Double ratio(@Nullable Object value) {
            return value instanceof Number number && number.doubleValue() > 0 && number.doubleValue() <= 100
                    ? number.doubleValue()
                    : null;
        }

        @SuppressWarnings("unchecked") // a JSON object's names are texts
        private static Map<String, Object> asObject(@Nullable Object value) {
            return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
        }
    }
}

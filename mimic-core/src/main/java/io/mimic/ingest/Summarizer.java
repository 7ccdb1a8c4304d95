package io.mimic.ingest;

import com.fasterxml.jackson.core.JsonParser;
import io.mimic.buffer.BatchSummary;
import io.mimic.buffer.Marker;
import io.mimic.privacy.ClientText;
import io.mimic.session.ClientMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what the events of one batch add to their session's row. */
final class Summarizer {
    static final int FULL_SNAPSHOT = 2;
    static final int INCREMENTAL = 3;
    static final int META = 4;
    static final int PLUGIN = 6;

    /** rrweb's sources of what a person does: mouse, interaction, scroll, input, touch, drag. */
    private static final int USER_SOURCES = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 5 | 1 << 6 | 1 << 12;

    private static final int MAX_MARKERS = 500;
    private static final int MAX_NAMES = 100;
    private static final int MAX_USERS = 100;
    private static final int MAX_LABEL = 200;
    private static final int MAX_URL = 2_048;
    private static final double MAX_REQUEST_MS = 86_400_000;
    /** Clicks in anger that follow each other faster are one burst. */
    private static final long RAGE_PAUSE_MS = 1_000;

    private final BatchJson parsers;
    private final Set<Integer> statuses = new LinkedHashSet<>();
    private final List<Long> snapshots = new ArrayList<>();
    private final List<Marker> markers = new ArrayList<>();
    private final Set<String> eventNames = new LinkedHashSet<>();
    private final Set<String> users = new LinkedHashSet<>();
    private long firstAt = Long.MAX_VALUE;
    private long lastAt;
    private int events;
    private int userEvents;
    private int errors;
    private int failedRequests;
    private int consoleErrors;
    private int rageClicks;
    private long ragedAt = -RAGE_PAUSE_MS - 1;
    private @Nullable String url;
    private @Nullable String title;
    private @Nullable String user;
    private @Nullable String traits;

    Summarizer(BatchJson parsers) {
        this.parsers = parsers;
    }

    /** @param source of an incremental snapshot; -1 without one */
    void add(int type, long at, int source, Lines.Slice event) throws IOException {
        events++;
        firstAt = Math.min(firstAt, at);
        lastAt = Math.max(lastAt, at);
        switch (type) {
            case FULL_SNAPSHOT -> snapshots.add(at);
            case INCREMENTAL -> userEvents += isUsers(source) ? 1 : 0;
            case META -> page(data(event).text("href"), null);
            case PLUGIN -> plugin(at, data(event));
            default -> {
                // DomContentLoaded, Load and Custom count as events alone
            }
        }
    }

    private static boolean isUsers(int source) {
        return source >= 0 && source < Integer.SIZE && (USER_SOURCES >>> source & 1) == 1;
    }

    /** @param client names address and title where no event does */
    BatchSummary build(@Nullable ClientMetadata client) {
        if (client != null) {
            url = url == null ? client.url() : url;
            title = title == null ? client.title() : title;
        }
        return new BatchSummary(
                events == 0 ? 0 : firstAt,
                lastAt,
                events,
                userEvents,
                errors,
                failedRequests,
                consoleErrors,
                rageClicks,
                statuses,
                snapshots,
                markers,
                url,
                title,
                user,
                traits,
                eventNames,
                users);
    }

    private Payload data(Lines.Slice event) throws IOException {
        try (JsonParser json = parsers.parser(event)) {
            return Payload.ofEvent(json, event);
        }
    }

    private void plugin(long at, Payload data) throws Refusal {
        String plugin = data.text("plugin");
        Payload payload = data.inner();
        switch (plugin == null ? "" : plugin) {
            case "rrweb/console@1" -> console(at, payload);
            case "rrweb/network@1" -> payload.requests().forEach(request -> request(at, request));
            case "mimic/error@1" -> error(at, payload);
            case "mimic/navigation@1" -> navigation(at, payload);
            case "mimic/click@1" -> click(at, payload);
            case "mimic/event@1" -> event(at, payload);
            case "mimic/gap@1" -> mark(at, "gap", payload.text("reason"));
            case "mimic/identify@1" -> identify(payload);
            case "mimic/server@1" -> throw Refusal.malformed("Events mimic/server@1 are made by the server alone.");
            default -> {
                // passed on unread
            }
        }
    }

    private void console(long at, Payload line) {
        if ("error".equals(line.text("level"))) {
            consoleErrors++;
            mark(
                    at,
                    "console",
                    String.join(
                            " ",
                            line.arguments().stream().map(Summarizer::unquoted).toList()));
        }
    }

    private void request(long at, Payload request) {
        int status = (int) request.number("status");
        String error = request.text("error");
        if (status >= 100 && status <= 999 && statuses.size() < MAX_NAMES) {
            statuses.add(status);
        }
        if (status >= 400 || "network".equals(error) || "timeout".equals(error)) {
            failedRequests++;
            long began = at - (long) Math.max(0, Math.min(MAX_REQUEST_MS, request.number("duration")));
            String outcome = status >= 400 ? String.valueOf(status) : String.valueOf(error);
            mark(Math.max(0, began), "request", join(outcome, request.text("method"), path(request.text("name"))));
        }
    }

    private void error(long at, Payload error) {
        String kind = error.text("kind");
        if ("error".equals(kind) || "rejection".equals(kind)) {
            errors++;
            String name = error.text("name");
            String message = error.text("message");
            mark(at, "error", name == null || message == null ? join(name, message) : name + ": " + message);
        } else if ("resource".equals(kind)) {
            // found with the errors, but counted among none: the request that failed is
            mark(at, "error", join(error.text("name"), "did not load:", path(error.text("source"))));
        }
    }

    private void navigation(long at, Payload navigation) {
        page(navigation.text("url"), navigation.text("title"));
        mark(at, "navigation", navigation.text("url"));
    }

    private void click(long at, Payload click) {
        if (click.number("rage") >= 3) {
            if (at - ragedAt > RAGE_PAUSE_MS) {
                rageClicks++;
                mark(at, "rage", click.text("label"));
            }
            ragedAt = at;
        }
    }

    private void event(long at, Payload event) {
        String name = ClientText.line(event.text("name"), MAX_LABEL);
        if (name != null && (eventNames.size() < MAX_NAMES)) {
            eventNames.add(name);
        }
        mark(at, "event", name);
    }

    /** Nobody may be left out: who is identified must be found again to be erased. */
    private void identify(Payload identify) throws Refusal {
        user = ClientText.user(identify.text("user"));
        traits = identify.traits();
        if (user != null && users.add(user) && users.size() > MAX_USERS) {
            throw Refusal.malformed("A batch may identify at most " + MAX_USERS + " users.");
        }
    }

    private void page(@Nullable String address, @Nullable String name) {
        String cleanAddress = ClientText.line(address, MAX_URL);
        String cleanName = ClientText.line(name, MAX_LABEL);
        url = cleanAddress == null ? url : cleanAddress;
        title = cleanName == null ? title : cleanName;
    }

    private void mark(long at, String kind, @Nullable String label) {
        if (markers.size() < MAX_MARKERS) {
            String line = ClientText.line(label, MAX_LABEL);
            markers.add(new Marker(at, kind, line == null ? kind : line));
        }
    }

    /** rrweb's console plugin hands on texts as JSON strings. */
    private static String unquoted(String argument) {
        boolean quoted = argument.length() > 1 && argument.startsWith("\"") && argument.endsWith("\"");
        return quoted
                ? argument.substring(1, argument.length() - 1)
                        .replace("\\\"", "\"")
                        .replace("\\n", " ")
                : argument;
    }

    private static @Nullable String path(@Nullable String address) {
        if (address == null) {
            return null;
        }
        int scheme = address.indexOf("://");
        int start = scheme < 0 ? 0 : address.indexOf('/', scheme + 3);
        String path = start < 0 ? "/" : address.substring(start);
        return path.split("[?#]", 2)[0];
    }

    private static String join(@Nullable String... parts) {
        List<String> there = new ArrayList<>();
        for (String part : parts) {
            if (part != null && !part.isEmpty()) {
                there.add(part);
            }
        }
        return String.join(" ", there);
    }
}

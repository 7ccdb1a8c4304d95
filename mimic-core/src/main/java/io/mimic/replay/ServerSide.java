package io.mimic.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the server saw of a session's requests, until each is joined, by its id, with what the browser saw of it. Not thread-safe. */
final class ServerSide {
    private static final int MOST = 20_000;

    private final Map<String, Seen> byId = new LinkedHashMap<>();

    /** @param at when the request began, on the time line */
    void add(Values payload, long at) {
        String id = payload.text("id");
        if (id != null && byId.size() < MOST) {
            byId.putIfAbsent(id, new Seen(payload, at));
        }
    }

    /** The first to name a request has it: a later answer of the same id came from the browser's cache. */
    @Nullable
    Seen take(@Nullable String id) {
        return id == null ? null : byId.remove(id);
    }

    /** What no browser told of, in the order in which it came. */
    Collection<Seen> rest() {
        return byId.values();
    }

    /** One request. */
    record Seen(Values payload, long at) {
        String method() {
            return payload.textOr("method", "GET");
        }

        String path() {
            return payload.textOr("path", "");
        }

        boolean document() {
            return Boolean.TRUE.equals(payload.raw("document"));
        }

        int status() {
            return (int) payload.number("status", 0);
        }

        long durationMs() {
            return Math.max(0, payload.number("durationMs", 0));
        }

        @Nullable
        String traceId() {
            return payload.text("traceId");
        }

        /**
         * As the answer shows it, its log lines at their place in the browser's request: half of what the server did not take went by on
         * the way there.
         */
        Map<String, Object> members(long browserAt, long browserDuration) {
            Map<String, Object> members =
                    payload.only("traceId", "method", "route", "handler", "status", "durationMs", "exception");
            long began = payload.number("startedAt", 0);
            long shift = browserAt + Math.max(0, (browserDuration - durationMs()) / 2) - began;
            List<Map<String, Object>> logs = new ArrayList<>();
            for (Values line : payload.list("logs")) {
                Map<String, Object> shown = line.only("level", "logger", "message");
                shown.put("timestamp", line.number("timestamp", began) + shift);
                logs.add(shown);
            }
            members.put("logs", logs);
            members.put("logsLeftOut", Objects.requireNonNullElse(payload.raw("logsLeftOut"), 0));
            return members;
        }
    }
}

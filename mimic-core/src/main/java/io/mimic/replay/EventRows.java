package io.mimic.replay;

import io.mimic.json.Jackson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes rows and markers of one page's timeline events. Values that have not the form of docs/wire.md become null, never an error. */
final class EventRows {
    private static final List<String> REQUEST_SAME = List.of(
            "method",
            "status",
            "error",
            "requestSize",
            "responseSize",
            "mimeType",
            "id",
            "traceId",
            "requestHeaders",
            "responseHeaders",
            "requestBody",
            "responseBody",
            "stream");

    private final RecordedPage page;
    private final Timeline timeline;
    private final Sockets sockets;
    private final ServerSide server;

    EventRows(RecordedPage page, Timeline timeline, Sockets sockets, ServerSide server) {
        this.page = page;
        this.timeline = timeline;
        this.sockets = sockets;
        this.server = server;
    }

    /** @param at the event's time, skew applied */
    void add(byte[] json, long at) throws IOException {
        int type = EventJson.type(json);
        if (type != EventJson.PLUGIN && type != EventJson.CUSTOM) {
            return;
        }
        Values data = new Values(Jackson.MAPPER.mapFrom(json)).inner("data");
        if (type == EventJson.CUSTOM) {
            named(at, data.text("tag"), data.raw("payload"));
        } else {
            plugin(Objects.requireNonNullElse(data.text("plugin"), ""), data.inner("payload"), at);
        }
    }

    private void plugin(String plugin, Values payload, long at) throws IOException {
        switch (plugin) {
            case "rrweb/network@1" -> {
                for (Values request : payload.list("requests")) {
                    request(request, at);
                }
            }
            case "rrweb/console@1" -> console(payload, at);
            case "mimic/error@1" -> error(payload, at);
            case "mimic/navigation@1" -> navigation(payload, at);
            case "mimic/click@1" -> click(payload, at);
            case "mimic/event@1" -> named(at, payload.text("name"), payload.raw("data"));
            case "mimic/vital@1" ->
                timeline.add(TimelineList.VITALS, at, page, payload.only("name", "value", "rating"));
            case "mimic/gap@1" -> gap(payload, at);
            case "mimic/visibility@1" -> visibility(payload, at);
            case "mimic/pause@1" -> timeline.mark(at, page, "pause", payload.textOr("reason", "paused"), null);
            case "mimic/identify@1" -> timeline.add(TimelineList.IDENTIFY, at, page, payload.only("user", "traits"));
            case "mimic/websocket@1" -> sockets.add(page, at, payload);
            case "mimic/server@1" -> server.add(payload, at);
            default -> {
                // A plugin of the page's own or of a newer recorder has no row; it is in the events.
            }
        }
    }

    private void request(Values request, long endedAt) throws IOException {
        long duration = Math.max(0, request.number("duration", 0));
        long at = endedAt - duration;
        ServerSide.@Nullable Seen seen = server.take(request.text("serverId"));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("durationMs", duration);
        members.put("url", request.text("name"));
        members.put("initiator", request.text("initiatorType"));
        REQUEST_SAME.forEach(name -> members.put(name, request.raw(name)));
        if (seen != null && request.text("traceId") == null) {
            members.put("traceId", seen.traceId());
        }
        members.put("server", seen == null ? null : seen.members(at, duration));
        add(members, at, (int) request.number("status", 0), request.textOr("error", ""));
    }

    /** A request that no browser told of: a page, a redirect, a picture. */
    void unseen(ServerSide.Seen seen) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("durationMs", seen.durationMs());
        members.put("url", origin(page.url()) + seen.path());
        members.put("initiator", seen.document() ? "document" : "other");
        REQUEST_SAME.forEach(name -> members.put(name, null));
        members.put("method", seen.method());
        members.put("status", seen.status());
        members.put("traceId", seen.traceId());
        members.put("server", seen.members(seen.at(), seen.durationMs()));
        add(members, seen.at(), seen.status(), "");
    }

    /** Scheme and host of a page's address: the server's own requests went there. */
    private static String origin(@Nullable String url) {
        int host = url == null ? -1 : url.indexOf("://") + 3;
        if (url == null || host < 3) {
            return "";
        }
        int path = url.indexOf('/', host);
        return path < 0 ? url : url.substring(0, path);
    }

    private void add(Map<String, Object> members, long at, int status, String cause) throws IOException {
        boolean failed = status >= 400 || cause.equals("network") || cause.equals("timeout");
        members.put("failed", failed);
        TimelineRow row = timeline.add(TimelineList.NETWORK, at, page, members);
        if (failed) {
            String outcome = status >= 400 ? String.valueOf(status) : cause;
            timeline.mark(at, page, "request", outcome + " " + members.get("method") + " " + members.get("url"), row);
        }
    }

    private void console(Values payload, long at) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("level", payload.text("level"));
        members.put("args", payload.raw("payload"));
        members.put("trace", payload.raw("trace"));
        TimelineRow row = timeline.add(TimelineList.CONSOLE, at, page, members);
        if (payload.textOr("level", "").equals("error")) {
            String label = payload.raw("payload") instanceof List<?> args && !args.isEmpty()
                    ? String.valueOf(args.get(0))
                    : "console.error";
            timeline.mark(at, page, "console", label, row);
        }
    }

    private void error(Values payload, long at) throws IOException {
        Map<String, Object> members =
                payload.only("kind", "name", "message", "stack", "source", "line", "column", "url", "sourceMap");
        members.put("fingerprint", Fingerprint.of(payload));
        TimelineRow row = timeline.add(TimelineList.ERRORS, at, page, members);
        timeline.mark(at, page, "error", payload.textOr("message", payload.textOr("name", "Error")), row);
    }

    private void navigation(Values payload, long at) throws IOException {
        TimelineRow row = timeline.add(TimelineList.NAVIGATIONS, at, page, payload.only("url", "kind", "title"));
        timeline.mark(at, page, "navigation", payload.textOr("url", ""), row);
    }

    private void click(Values payload, long at) throws IOException {
        TimelineRow row = timeline.add(TimelineList.CLICKS, at, page, payload.only("label", "selector", "rage"));
        String kind = payload.number("rage", 0) >= 3 ? "rage" : "click";
        timeline.mark(at, page, kind, payload.textOr("label", payload.textOr("selector", "")), row);
    }

    private void named(long at, @Nullable String name, @Nullable Object data) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("data", data);
        TimelineRow row = timeline.add(TimelineList.EVENTS, at, page, members);
        timeline.mark(at, page, "event", Objects.requireNonNullElse(name, ""), row);
    }

    private void gap(Values payload, long at) throws IOException {
        TimelineRow row =
                timeline.add(TimelineList.GAPS, at, page, payload.only("reason", "bytes", "events", "from", "to"));
        timeline.mark(at, page, "gap", payload.textOr("reason", ""), row);
    }

    private void visibility(Values payload, long at) throws IOException {
        TimelineRow row = timeline.add(TimelineList.VISIBILITY, at, page, payload.only("state"));
        timeline.mark(at, page, "visibility", payload.textOr("state", ""), row);
    }
}

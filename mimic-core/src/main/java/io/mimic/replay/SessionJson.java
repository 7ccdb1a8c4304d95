package io.mimic.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mimic.archive.SeqRanges;
import io.mimic.catalog.PageRow;
import io.mimic.catalog.SegmentRow;
import io.mimic.catalog.SessionPage;
import io.mimic.catalog.SessionRow;
import io.mimic.json.Jackson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes sessions as {@code GET api/sessions} and {@code GET api/sessions/{id}} answer them. */
final class SessionJson {
    private final JsonGenerator json;

    SessionJson(JsonGenerator json) {
        this.json = json;
    }

    void list(SessionPage page) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("items");
        for (SessionRow row : page.items()) {
            json.writeStartObject();
            item(row, Extra.NONE);
            json.writeNumberField("pages", row.pages());
            json.writeNumberField("windows", row.windows());
            json.writeEndObject();
        }
        json.writeEndArray();
        Json.text(json, "next", page.next());
        if (page.scannedTo() == 0) {
            json.writeNullField("scannedTo");
        } else {
            Json.time(json, "scannedTo", page.scannedTo());
        }
        json.writeEndObject();
    }

    void session(Recording recording) throws IOException {
        json.writeStartObject();
        item(recording.row(), Extra.of(recording));
        windows(recording.pages());
        pages(recording.pages());
        segments(recording.segments());
        snapshots(recording.pages());
        json.writeNumberField(
                "skewMs",
                recording.pages().isEmpty() ? 0 : recording.pages().get(0).skewMs());
        Json.object(json, "metadata", recording.row().client());
        json.writeEndObject();
    }

    private void item(SessionRow row, Extra extra) throws IOException {
        json.writeStringField("id", row.id().toString());
        json.writeStringField("state", row.active() ? "active" : "ended");
        long startedAt = extra.startedAt == 0 ? row.startedAt() : extra.startedAt;
        long endedAt = Math.max(extra.endedAt, row.endedAt());
        Json.time(json, "startedAt", startedAt);
        Json.time(json, "endedAt", endedAt);
        json.writeNumberField("durationMs", Math.max(0, endedAt - startedAt));
        Json.text(json, "landingUrl", row.landingUrl());
        Json.text(json, "url", extra.url == null ? lastUrl(row) : extra.url);
        Json.text(json, "title", extra.title == null ? row.title() : extra.title);
        json.writeNumberField("events", row.events() + extra.events);
        json.writeNumberField("errors", row.errors() + extra.errors);
        json.writeNumberField("failedRequests", row.failedRequests() + extra.failedRequests);
        json.writeNumberField("consoleErrors", row.consoleErrors() + extra.consoleErrors);
        json.writeNumberField("rageClicks", row.rageClicks() + extra.rageClicks);
        Json.text(json, "user", extra.user == null ? row.user() : extra.user);
        Json.object(json, "traits", extra.user == null ? row.traits() : extra.traits);
        client(row);
        json.writeNumberField("bytes", row.bytes());
        json.writeFieldName("activity");
        json.writeArray(
                row.activity().stream().mapToInt(Integer::intValue).toArray(),
                0,
                row.activity().size());
    }

    private static @Nullable String lastUrl(SessionRow row) {
        return row.url() == null ? row.landingUrl() : row.url();
    }

    private void client(SessionRow row) throws IOException {
        Json.text(json, "ip", row.ip());
        Json.text(json, "browser", row.browser());
        Json.text(json, "browserVersion", row.browserVersion());
        Json.text(json, "os", row.os());
        Json.text(json, "osVersion", row.osVersion());
        Json.text(json, "device", row.device());
        Json.text(json, "language", row.language());
        Json.text(json, "timeZone", row.timeZone());
        Json.text(json, "country", row.country());
        Json.text(json, "countryCode", row.countryCode());
        Json.text(json, "region", row.region());
        Json.text(json, "city", row.city());
        Values client = values(row.client());
        json.writeFieldName("screen");
        Jackson.MAPPER.write(client.raw("screen"), json);
        Json.text(json, "referrer", client.text("referrer"));
        Json.text(json, "recorder", client.text("recorder"));
    }

    private static Values values(@Nullable String client) throws IOException {
        return client != null && EventJson.isObject(client)
                ? new Values(Jackson.MAPPER.mapFrom(client))
                : new Values(Map.of());
    }

    private void windows(List<RecordedPage> pages) throws IOException {
        Map<String, List<RecordedPage>> windows = pages.stream()
                .collect(Collectors.groupingBy(RecordedPage::window, LinkedHashMap::new, Collectors.toList()));
        json.writeArrayFieldStart("windows");
        int number = 1;
        for (Map.Entry<String, List<RecordedPage>> window : windows.entrySet()) {
            json.writeStartObject();
            json.writeStringField("id", window.getKey());
            json.writeStringField("label", "Window " + number++);
            json.writeNumberField(
                    "firstAt",
                    window.getValue().stream()
                            .mapToLong(RecordedPage::firstAt)
                            .min()
                            .orElse(0));
            json.writeNumberField(
                    "lastAt",
                    window.getValue().stream()
                            .mapToLong(RecordedPage::lastAt)
                            .max()
                            .orElse(0));
            json.writeNumberField("pages", window.getValue().size());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void pages(List<RecordedPage> pages) throws IOException {
        json.writeArrayFieldStart("pages");
        for (RecordedPage page : pages) {
            json.writeStartObject();
            json.writeStringField("id", page.id());
            json.writeStringField("window", page.window());
            Json.text(json, "url", page.url());
            Json.text(json, "title", page.title());
            json.writeNumberField("firstAt", page.firstAt());
            json.writeNumberField("lastAt", page.lastAt());
            json.writeNumberField("skewMs", page.skewMs());
            json.writeArrayFieldStart("gaps");
            for (SeqRanges.Range hole : page.holes()) {
                json.writeStartObject();
                json.writeNumberField("fromSeq", hole.first());
                json.writeNumberField("toSeq", hole.last());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void segments(List<SegmentRow> segments) throws IOException {
        json.writeArrayFieldStart("segments");
        for (SegmentRow segment : segments) {
            json.writeStartObject();
            json.writeNumberField("number", segment.number());
            json.writeNumberField("firstAt", segment.firstAt());
            json.writeNumberField("lastAt", segment.lastAt());
            json.writeNumberField("events", segment.counts().events());
            json.writeNumberField("timelineBytes", segment.timelineBytes());
            json.writeNumberField("domBytes", segment.domBytes());
            json.writeNumberField("rawBytes", segment.rawBytes());
            json.writeArrayFieldStart("pages");
            for (PageRow page : segment.pages()) {
                if (page.ofServer()) {
                    continue;
                }
                json.writeStartObject();
                json.writeStringField("page", page.page());
                json.writeStringField("seqs", page.seqs());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void snapshots(List<RecordedPage> pages) throws IOException {
        json.writeArrayFieldStart("snapshots");
        for (RecordedPage page : pages) {
            for (long at : page.snapshots()) {
                json.writeStartObject();
                json.writeStringField("page", page.id());
                json.writeNumberField("at", at);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    /** What a session that goes on has beyond its row. */
    private static final class Extra {
        static final Extra NONE = new Extra();

        private long startedAt;
        private long endedAt;
        private long events;
        private long errors;
        private long failedRequests;
        private long consoleErrors;
        private long rageClicks;
        private @Nullable String url;
        private @Nullable String title;
        private @Nullable String user;
        private @Nullable String traits;

        static Extra of(Recording recording) {
            var live = recording.live();
            if (live.isEmpty()) {
                return NONE;
            }
            Extra extra = new Extra();
            extra.startedAt = recording.startedAt();
            extra.endedAt = recording.endedAt();
            extra.events = live.counts().events();
            extra.errors = live.counts().errors();
            extra.failedRequests = live.counts().failedRequests();
            extra.consoleErrors = live.counts().consoleErrors();
            extra.rageClicks = live.counts().rageClicks();
            extra.url = live.url();
            extra.title = live.title();
            extra.user = live.user();
            extra.traits = live.traits();
            return extra;
        }
    }
}

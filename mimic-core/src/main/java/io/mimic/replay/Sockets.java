package io.mimic.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the events of each WebSocket into one row. Not thread-safe. */
final class Sockets {
    private static final int MAX_SOCKETS = 1_000;
    private static final int MAX_FRAMES = 1_000;

    private final Timeline timeline;
    private final Map<String, Socket> sockets = new LinkedHashMap<>();

    Sockets(Timeline timeline) {
        this.timeline = timeline;
    }

    /** @param payload of {@code mimic/websocket@1} */
    void add(RecordedPage page, long at, Values payload) {
        String key = page.id() + " " + payload.raw("id");
        if (sockets.size() < MAX_SOCKETS || sockets.containsKey(key)) {
            sockets.computeIfAbsent(key, id -> new Socket(page, at, payload.raw("id")))
                    .add(at, payload);
        }
    }

    /** Adds the rows; called once, after the last event. */
    void finish() throws IOException {
        for (Socket socket : sockets.values()) {
            timeline.add(TimelineList.WEBSOCKETS, socket.at, socket.page, socket.members());
        }
    }

    private static final class Socket {
        private final RecordedPage page;
        private final long at;
        private final @Nullable Object id;
        private final List<Map<String, Object>> frames = new ArrayList<>();
        private @Nullable String url;
        private @Nullable Long closedAt;
        private @Nullable Object code;
        private long messagesIn;
        private long messagesOut;
        private long bytesIn;
        private long bytesOut;

        Socket(RecordedPage page, long at, @Nullable Object id) {
            this.page = page;
            this.at = at;
            this.id = id;
        }

        void add(long eventAt, Values payload) {
            url = url == null ? payload.text("url") : url;
            String kind = payload.textOr("kind", "");
            if (kind.equals("close") || kind.equals("error")) {
                closedAt = eventAt;
                code = payload.raw("code");
            } else if (kind.equals("message")) {
                message(eventAt, payload);
            }
        }

        private void message(long eventAt, Values payload) {
            long size = Math.max(0, payload.number("size", 0));
            if (payload.textOr("direction", "").equals("out")) {
                messagesOut++;
                bytesOut += size;
            } else {
                messagesIn++;
                bytesIn += size;
            }
            if (frames.size() < MAX_FRAMES) {
                Map<String, Object> frame = new LinkedHashMap<>();
                frame.put("at", eventAt);
                frame.putAll(payload.only("direction", "size", "payload"));
                frames.add(frame);
            }
        }

        Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("id", id);
            members.put("url", url);
            members.put("closedAt", closedAt);
            members.put("messagesIn", messagesIn);
            members.put("messagesOut", messagesOut);
            members.put("bytesIn", bytesIn);
            members.put("bytesOut", bytesOut);
            members.put("code", code);
            members.put("frames", frames);
            return members;
        }
    }
}

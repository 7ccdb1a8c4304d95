package io.mimic.server;

import io.mimic.buffer.BatchSummary;
import io.mimic.buffer.Chunk;
import io.mimic.buffer.Marker;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A few facts of one session as the batch that is stored. It is the same at each attempt, so that it is stored once. */
final class ServerBatch {
    private final String project;
    private final UUID session;
    private final List<ServerItem> items;
    private final Chunk chunk;

    ServerBatch(String project, UUID session, String page, int seq, List<ServerItem> items, ServerEventJson json) {
        this.project = project;
        this.session = session;
        this.items = List.copyOf(items);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        items.forEach(item -> lines.writeBytes(json.line(item)));
        this.chunk = new Chunk(Chunk.SERVER_WINDOW, page, seq, 0, summary(items), lines.toByteArray(), new byte[0]);
    }

    String project() {
        return project;
    }

    UUID session() {
        return session;
    }

    List<ServerItem> items() {
        return items;
    }

    Chunk chunk() {
        return chunk;
    }

    private static BatchSummary summary(List<ServerItem> items) {
        long first = items.stream().mapToLong(ServerItem::at).min().orElse(0);
        long last = items.stream().mapToLong(ServerItem::at).max().orElse(0);
        List<Marker> markers = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        Set<Integer> statuses = new LinkedHashSet<>();
        int failed = 0;
        Set<String> users = new LinkedHashSet<>();
        ServerFact.@Nullable Identity identity = null;
        for (ServerItem item : items) {
            if (item.fact() instanceof ServerFact.Identity found) {
                identity = found;
                users.add(ServerEventJson.user(found));
            } else if (item.fact() instanceof ServerFact.Moment moment) {
                String name = ServerEventJson.name(moment);
                names.add(name);
                markers.add(new Marker(item.at(), "event", name));
            } else if (item.fact() instanceof ServerFact.Request request && request.document()) {
                statuses.add(request.status());
                failed += request.status() >= 400 ? 1 : 0;
            }
        }
        return new BatchSummary(
                first,
                last,
                items.size(),
                0,
                0,
                failed,
                0,
                0,
                statuses,
                List.of(),
                markers,
                null,
                null,
                identity == null ? null : ServerEventJson.user(identity),
                identity == null ? null : identity.traits(),
                names,
                users);
    }
}

package io.mimic.dashboard;

import io.mimic.catalog.AccessQuery;
import io.mimic.catalog.AccessRow;
import io.mimic.project.Access;
import io.mimic.project.AccessLog;
import io.mimic.servlet.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code api/access-log}: who looked at, exported, erased and changed what. */
final class AccessLogApi {
    private static final Pattern CURSOR = Pattern.compile("(\\d{1,15}):([0-9a-f-]{36})");
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    private static final int MAX_PERSON = 500;

    private final AccessLog log;

    AccessLogApi(AccessLog log) {
        this.log = log;
    }

    void list(Exchange exchange, Caller caller) throws IOException {
        Parameters parameters = Parameters.parse(exchange.request().getQueryString());
        int limit = (int) parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        String cursor = parameters.text("cursor", 200);
        Place before = cursor == null ? new Place(Long.MAX_VALUE, "") : place(cursor);
        List<AccessRow> rows = log.find(new AccessQuery(
                caller.project().id(),
                parameters.matching("action", word -> Access.of(word).isPresent(), "such as view, export or erase"),
                target(parameters),
                before.at(),
                before.id(),
                limit + 1));
        List<AccessRow> shown = rows.subList(0, Math.min(limit, rows.size()));
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("items", shown.stream().map(AccessLogApi::json).toList());
        page.put("next", rows.size() > limit ? cursor(shown.get(limit - 1)) : null);
        exchange.json(200, page);
    }

    private @Nullable String target(Parameters parameters) {
        String session = parameters.text("session", 64);
        String person = parameters.text("person", MAX_PERSON);
        if (session != null && person != null) {
            throw Problems.malformed("Either session or person may be given, and not both.");
        }
        return person == null ? session : log.pseudonym(person);
    }

    private static String cursor(AccessRow last) {
        byte[] text = (last.at() + ":" + last.id()).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    private static Place place(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            Matcher parts = CURSOR.matcher(text);
            if (parts.matches()) {
                return new Place(Long.parseLong(parts.group(1)), parts.group(2));
            }
        } catch (IllegalArgumentException e) {
            throw badCursor(cursor);
        }
        throw badCursor(cursor);
    }

    private static RuntimeException badCursor(String cursor) {
        return Problems.badParameter("cursor", cursor, "what a list answered as next");
    }

    private static Map<String, Object> json(AccessRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.id());
        json.put("at", Times.iso(row.at()));
        json.put("kind", row.kind());
        json.put("actor", row.actor());
        json.put("address", row.address());
        json.put("action", row.action());
        json.put("target", row.target());
        json.put("outcome", row.outcome());
        return json;
    }

    private record Place(long at, String id) {}
}

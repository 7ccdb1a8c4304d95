package io.mimic.dashboard;

import static io.mimic.dashboard.DashboardServer.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sessions of a page with pictures, and what is kept of these. */
final class Pictures {
    private Pictures() {}

    /** One batch of a page of the webapp that shows these paths. */
    static UUID record(DashboardServer server, String... pictures) {
        String origin = server.origin();
        long now = System.currentTimeMillis();
        StringBuilder elements = new StringBuilder();
        for (String picture : pictures) {
            elements.append(elements.isEmpty() ? "" : ",")
                    .append("{\"type\":2,\"tagName\":\"img\",\"attributes\":{\"src\":\"" + origin + picture
                            + "\"},\"childNodes\":[],\"id\":" + (elements.length() + 2) + "}");
        }
        String batch = "{\"v\":1,\"project\":\"p_shop\",\"window\":\"w-12345678\",\"page\":\""
                + UUID.randomUUID().toString().replace("-", "") + "\",\"seq\":0,\"sentAt\":" + now
                + ",\"meta\":{\"url\":\"" + origin
                + "/shop/\",\"title\":\"Shop\"},\"events\":[{\"type\":4,\"timestamp\":"
                + now + ",\"data\":{\"href\":\"" + origin
                + "/shop/\",\"width\":800,\"height\":600}},{\"type\":2,\"timestamp\":"
                + now + ",\"data\":{\"node\":{\"type\":0,\"childNodes\":[" + elements
                + "],\"id\":1},\"initialOffset\":{\"left\":0,\"top\":0}}}]}";
        HttpResponse<byte[]> answer = server.send(server.to("/ingest")
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(batch)));
        return UUID.fromString((String) json(answer).get("session"));
    }

    /** As {@code api/sessions/{id}/assets} lists them. */
    static List<?> of(DashboardServer server, UUID session, String cookie) {
        return (List<?>)
                json(server.get("/api/sessions/" + session + "/assets", cookie)).get("items");
    }

    static String sha256(Object item) {
        return String.valueOf(((Map<?, ?>) item).get("sha256"));
    }
}

package io.mimic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `kill -9` in the middle of a visit. */
class KilledServerTest {
    @TempDir
    Path data;

    @Test
    void activeSessionIsArchivedAfterTheNextStartWithEveryAcknowledgedBatch() {
        Set<String> acknowledged = new HashSet<>();
        String project;
        String password;
        try (Visitor visitor = new Visitor()) {
            Demo killed = Demo.start(data, Map.of());
            project = killed.project;
            password = killed.password;
            visitor.page.onResponse(response -> keep(response, acknowledged));
            visitor.page.navigate(killed.shop);
            Awaitility.await().until(() -> {
                visitor.page.waitForTimeout(200);
                return acknowledged.size() >= 2;
            });
            killed.kill();
        }
        try (Demo next = Demo.start(data, Map.of());
                Dashboard dashboard = new Dashboard(next.dashboard)) {
            assertThat(next.password).isEqualTo(password);
            dashboard.login(project, password);
            Map<String, Object> session = dashboard.awaitEndedSession();
            assertThat(archived(dashboard, String.valueOf(session.get("id")))).containsAll(acknowledged);
        }
    }

    private static void keep(Response response, Set<String> acknowledged) {
        if (response.url().contains("/mimic/ingest") && response.status() == 202) {
            String body = text(response.request().postDataBuffer());
            acknowledged.add(field(body, "page") + ":" + field(body, "seq"));
        }
    }

    private static String text(byte[] body) {
        try (InputStream plain = body[0] == 0x1F
                ? new GZIPInputStream(new ByteArrayInputStream(body))
                : new ByteArrayInputStream(body)) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String field(String json, String name) {
        String after = json.substring(json.indexOf("\"" + name + "\":") + name.length() + 3);
        return after.replaceFirst("^\"", "").split("[\",}]", 2)[0];
    }

    private static Set<String> archived(Dashboard dashboard, String session) {
        Set<String> found = new HashSet<>();
        for (Map<String, Object> segment : Dashboard.rows(dashboard.get("api/sessions/" + session), "segments")) {
            for (Map<String, Object> page : Dashboard.rows(segment, "pages")) {
                for (String range : String.valueOf(page.get("seqs")).split(",", -1)) {
                    String[] ends = range.split("-", 2);
                    for (int seq = Integer.parseInt(ends[0]); seq <= Integer.parseInt(ends[ends.length - 1]); seq++) {
                        found.add(page.get("page") + ":" + seq);
                    }
                }
            }
        }
        return found;
    }
}

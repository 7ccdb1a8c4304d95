package io.mimic.ingest;

import io.mimic.MemoryCatalog;
import io.mimic.catalog.ProjectRow;
import io.mimic.metric.Counters;
import io.mimic.privacy.AddressRule;
import io.mimic.privacy.Scrubber;
import io.mimic.project.Origins;
import io.mimic.project.ProjectSettings;
import io.mimic.project.Projects;
import io.mimic.session.Clients;
import io.mimic.session.SessionTokens;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** An ingestor over stores in memory, and the requests that browsers would send to it. */
final class IngestFixture implements AutoCloseable {
    static final long NOW = 1_795_560_043_391L;
    static final String PROJECT = "shop-1234567";
    static final String PAGE = "0123456789abcdef0123456789abcdef";
    static final IngestLimits LIMITS =
            new IngestLimits(10 << 20, 64 << 20, 100_000, 4_000, 200, Duration.ofMinutes(1), 64, 192 << 20);

    static final Scrubber SCRUBBER = Scrubber.of(Scrubber.Scope.ALL, List.of());

    final MemoryBuffer buffer = new MemoryBuffer();
    final MemoryCatalog catalog = new MemoryCatalog();
    final Clients clients = Clients.open("", AddressRule.of(AddressRule.Kept.FULL));
    final SessionTokens tokens = SessionTokens.open(catalog.catalog(), "", "");
    final Counters counters = new Counters();
    final Projects projects;
    final Ingestor ingestor;
    final Map<String, String> headers = new HashMap<>();
    final Map<String, String> cookies = new HashMap<>();
    String contentType = "application/json";
    String contentEncoding;
    String ip = "192.0.2.7";

    IngestFixture() {
        this(LIMITS);
    }

    IngestFixture(IngestLimits limits) {
        this(limits, IngestRates.UNBOUNDED);
    }

    IngestFixture(IngestLimits limits, IngestRates rates) {
        this(limits, rates, SCRUBBER);
    }

    IngestFixture(IngestLimits limits, IngestRates rates, Scrubber scrubber) {
        Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
        catalog.projects.put(PROJECT, new ProjectRow(PROJECT, "shop", "-", 0));
        tokens.load();
        projects = Projects.open(new ProjectSettings("shop", "", "", "", false, ""), catalog.catalog(), clock);
        ingestor = Ingestor.open(
                new IngestSettings(
                        Duration.ofSeconds(5),
                        Origins.of(Set.of("https://static.example")),
                        "",
                        rates,
                        limits,
                        scrubber),
                projects,
                tokens,
                clients,
                buffer,
                catalog.catalog(),
                counters,
                clock);
    }

    IngestResult send(String body) throws BatchRejectedException {
        return send(body.getBytes(StandardCharsets.UTF_8));
    }

    IngestResult send(byte[] body) throws BatchRejectedException {
        return send(new ByteArrayInputStream(body));
    }

    IngestResult send(InputStream body) throws BatchRejectedException {
        return ingestor.ingest(new IngestRequest(body, contentType, contentEncoding, ip, headers::get, cookies::get));
    }

    static String batch(String... events) {
        return batchOf(0, events);
    }

    static String batchOf(int seq, String... events) {
        return head(seq) + "\"events\":[" + String.join(",", events) + "]}";
    }

    static String head(int seq) {
        return "{\"v\":1,\"project\":\"" + PROJECT + "\",\"window\":\"window-1\",\"page\":\"" + PAGE + "\",\"seq\":"
                + seq + ",\"sentAt\":" + NOW + ",";
    }

    static String event(int type, String data) {
        return "{\"type\":" + type + ",\"data\":" + data + ",\"timestamp\":" + (NOW - 1_000) + "}";
    }

    static String plugin(String name, String payload) {
        return event(6, "{\"plugin\":\"" + name + "\",\"payload\":" + payload + "}");
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        ingestor.close();
        clients.close();
    }
}

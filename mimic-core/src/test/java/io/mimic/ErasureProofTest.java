package io.mimic;

import static io.mimic.RunningPipeline.events;
import static io.mimic.RunningPipeline.projectId;
import static io.mimic.RunningPipeline.recording;
import static io.mimic.RunningPipeline.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.archive.ErasureReport;
import io.mimic.archive.SessionArchive;
import io.mimic.archive.s3.S3Server;
import io.mimic.archive.s3.S3SessionArchive;
import io.mimic.buffer.redis.RedisProcesses;
import io.mimic.ingest.IngestRequest;
import io.mimic.ingest.IngestResult;
import io.mimic.jdbc.PostgresqlProcess;
import io.mimic.jdbc.PostgresqlSettings;
import io.mimic.server.LogLine;
import io.mimic.server.ServerFact;
import io.mimic.server.ServerItem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;

/**
 * A person is planted in three sessions, in every place that a recording has: in an archived and an active one as a user after whom somebody else was
 * identified, in another active one by the address alone. The user's batches come as a recorder sends them, as gzip that the buffer keeps; the other's is plain.
 * After the erasures by user and by address nothing of them is in the bytes of any store, nor in the log. That the search would find it is shown before.
 */
@Tag("servers")
class ErasureProofTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String USER = PlantSearch.MARK + "user";
    private static final Set<String> IN_EVENTS = Set.of(
            "url", "user", "later", "trait", "console", "error", "stack", "network", "header", "body", "frame", "text",
            "input", "event");
    private static final Set<String> OF_SERVER = Set.of("path", "log", "exception");
    private static final String PAGE = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path temporary;

    private final LogCapture log = new LogCapture();
    /** What of the batches that were sent as gzip is in no other gzip. */
    private final List<byte[]> ownOfGzip = new ArrayList<>();

    @BeforeEach
    void listen() {
        log.open();
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void embeddedStoresHaveNothingLeft() throws Exception {
        Path data = temporary.resolve("data");
        MimicConfig config = config().with(MimicSetting.DATA_DIR, data.toString());
        try (Mimic mimic = Mimic.builder(config).start()) {
            recording(mimic);
            plantAndErase(mimic, () -> files(data), () -> files(data), () -> files(data));
        }
        assertThat(PlantSearch.in(files(data))).as("after the end").isEmpty();
    }

    @Test
    void redisPostgresqlAndS3HaveNothingLeft() throws Exception {
        // of its own, since settings of the whole server are changed
        try (PostgresqlProcess postgresql = PostgresqlProcess.start();
                RedisProcesses redis = RedisProcesses.none();
                S3Server s3 = S3Server.start()) {
            // what DUMP answers would be compressed otherwise
            int port = redis.server("--rdbcompression", "no", "--appendonly", "yes");
            PostgresqlSettings database = database(postgresql);
            MimicConfig config = shared(database, s3)
                    .with(MimicSetting.BUFFER, MimicSetting.BufferKind.REDIS)
                    .with(MimicSetting.REDIS_NODES, List.of(RedisProcesses.node(port)));
            try (Mimic mimic = Mimic.builder(config).start()) {
                recording(mimic);
                plantAndErase(mimic, () -> keys(port), () -> rows(database), () -> objects(config));
            }
            redisForgetsWhenItWritesItsFileAnew(port);
            postgresqlForgetsWhenItWritesItsFilesAnew(database, Set.of("url", "user", "later", "referrer"));
            nothingIsKeptOnTheNode();
        }
    }

    @Test
    void postgresqlAsBufferAndS3HaveNothingLeft() throws Exception {
        try (PostgresqlProcess postgresql = PostgresqlProcess.start();
                S3Server s3 = S3Server.start()) {
            PostgresqlSettings database = database(postgresql);
            MimicConfig config = shared(database, s3).with(MimicSetting.BUFFER, MimicSetting.BufferKind.POSTGRESQL);
            try (Mimic mimic = Mimic.builder(config).start()) {
                recording(mimic);
                plantAndErase(mimic, () -> rows(database), () -> rows(database), () -> objects(config));
            }
            assertThat(ownOfGzip)
                    .as("in the write-ahead log, before")
                    .anySatisfy(own -> assertThat(ServerFiles.inWriteAheadLog(database, own))
                            .isPositive());
            postgresqlForgetsWhenItWritesItsFilesAnew(database, IN_EVENTS);
            for (byte[] own : ownOfGzip) {
                assertThat(ServerFiles.inWriteAheadLog(database, own))
                        .as("files of the write-ahead log with what was sent as gzip")
                        .isZero();
            }
            nothingIsKeptOnTheNode();
        }
    }

    private void nothingIsKeptOnTheNode() {
        assertThat(temporary.resolve("data")).doesNotExist();
    }

    /** Until then it has it on its disk, as docs/operations.md says. */
    private static void redisForgetsWhenItWritesItsFileAnew(int redis) throws Exception {
        assertThat(PlantSearch.in(ServerFiles.appendOnly(redis)))
                .as("in the append-only file, before")
                .containsAll(IN_EVENTS);
        ServerFiles.rewriteAppendOnly(redis);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(PlantSearch.in(ServerFiles.appendOnly(redis)))
                        .as("in the append-only file")
                        .isEmpty());
    }

    /** As Redis. */
    private static void postgresqlForgetsWhenItWritesItsFilesAnew(PostgresqlSettings database, Set<String> before)
            throws Exception {
        assertThat(PlantSearch.in(ServerFiles.postgresql(database)))
                .as("in the tables' files, before")
                .containsAll(before);
        ServerFiles.rewrite(database);
        List<byte[]> files = ServerFiles.postgresql(database);
        assertThat(files).isNotEmpty();
        assertThat(PlantSearch.in(files)).as("in the tables' files").isEmpty();
        assertThat(ServerFiles.inWriteAheadLog(database, PlantSearch.MARK))
                .as("files of the write-ahead log, before")
                .isPositive();
        await().atMost(LONG).untilAsserted(() -> {
            ServerFiles.beginWriteAheadLogAnew(database);
            assertThat(ServerFiles.inWriteAheadLog(database, PlantSearch.MARK))
                    .as("files of the write-ahead log")
                    .isZero();
            assertThat(ServerFiles.inWriteAheadLog(database, PlantSearch.ADDRESS))
                    .as("files of the write-ahead log with the address")
                    .isZero();
        });
    }

    private void plantAndErase(Mimic mimic, Bytes buffer, Bytes catalog, Bytes archive) throws Exception {
        IngestResult first = plant(mimic, PAGE, true);
        plantServerSide(mimic, first);
        assertThat(PlantSearch.in(buffer.read()))
                .as("in the buffer")
                .containsAll(IN_EVENTS)
                .containsAll(OF_SERVER)
                .contains("title", "address", "referrer", "agent");
        assertThat(ownOfGzip)
                .as("kept as it was sent")
                .hasSize(1)
                .allSatisfy(own -> assertThat(holds(buffer.read(), own)).isTrue());
        await().atMost(LONG)
                .until(() -> row(mimic, first) != null && !row(mimic, first).active());
        assertThat(PlantSearch.in(archive.read()))
                .as("in the archive")
                .containsAll(IN_EVENTS)
                .containsAll(OF_SERVER);
        assertThat(PlantSearch.in(catalog.read()))
                .as("in the catalog")
                .contains("url", "title", "user", "later", "event", "address", "referrer", "agent");

        IngestResult second = plant(mimic, "fedcba9876543210fedcba9876543210", true);
        IngestResult nobodys = plant(mimic, "aaaabbbbccccddddaaaabbbbccccdddd", false);
        assertThat(Set.of(first.session(), second.session(), nobodys.session())).hasSize(3);
        await().atMost(LONG).until(() -> row(mimic, second) != null && row(mimic, nobodys) != null);
        assertThat(ownOfGzip)
                .hasSize(2)
                .last()
                .satisfies(own -> assertThat(holds(buffer.read(), own))
                        .as("active, and kept as it was sent")
                        .isTrue());
        ErasureReport byUser = mimic.sessions().eraseUser(projectId(mimic), USER);
        assertThat(byUser.complete()).isTrue();
        assertThat(byUser.erased()).containsExactlyInAnyOrder(first.session(), second.session());
        assertThat(row(mimic, nobodys)).isNotNull();

        ErasureReport byAddress =
                mimic.sessions().eraseIp(projectId(mimic), mimic.addresses().formsOf(PlantSearch.ADDRESS));
        assertThat(byAddress.complete()).isTrue();
        assertThat(byAddress.erased()).containsExactly(nobodys.session());
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(PlantSearch.in(buffer.read())).as("in the buffer").isEmpty();
            assertThat(PlantSearch.in(archive.read())).as("in the archive").isEmpty();
            assertThat(PlantSearch.in(catalog.read())).as("in the catalog").isEmpty();
            List<byte[]> left = buffer.read();
            assertThat(ownOfGzip).noneMatch(own -> holds(left, own));
        });
        assertThat(mimic.sessions().exists(projectId(mimic), first.session())).isFalse();
        assertThat(log.text()).as("the log").isNotEmpty();
        assertThat(PlantSearch.in(List.of(log.text().getBytes(StandardCharsets.UTF_8))))
                .as("in the log")
                .isEmpty();
    }

    /** One batch that names the person wherever a batch can. */
    private IngestResult plant(Mimic mimic, String page, boolean identified) throws Exception {
        long now = System.currentTimeMillis();
        String mark = PlantSearch.MARK;
        String meta = "\"meta\":{\"url\":\"https://shop.example/" + mark + "url?q=1\",\"title\":\"" + mark
                + "title\",\"referrer\":\"https://search.example/" + mark + "referrer\"}";
        String users = identified
                ? ","
                        + plugin(
                                now,
                                "mimic/identify@1",
                                "{\"user\":\"" + USER + "\",\"traits\":{\"plan\":\"" + mark + "trait\"}}")
                        + ","
                        + plugin(now, "mimic/identify@1", "{\"user\":\"" + mark + "later\",\"traits\":{}}")
                : "";
        return ingest(
                mimic,
                page,
                0,
                identified,
                meta,
                String.join(
                                ",",
                                event(
                                        now,
                                        4,
                                        "{\"href\":\"https://shop.example/" + mark + "url\",\"width\":8,\"height\":6}"),
                                event(
                                        now,
                                        2,
                                        "{\"node\":{\"type\":0,\"childNodes\":[{\"type\":3,\"textContent\":\"" + mark
                                                + "text\",\"id\":2}],\"id\":1},\"initialOffset\":{\"top\":0,\"left\":0}}"),
                                event(
                                        now,
                                        3,
                                        "{\"source\":5,\"text\":\"" + mark + "input\",\"isChecked\":false,\"id\":2}"),
                                plugin(
                                        now,
                                        "rrweb/console@1",
                                        "{\"level\":\"error\",\"payload\":[\"" + mark + "console\"]}"),
                                plugin(
                                        now,
                                        "mimic/error@1",
                                        "{\"name\":\"E\",\"message\":\"" + mark + "error\",\"stack\":\"" + mark
                                                + "stack\"}"),
                                plugin(
                                        now,
                                        "rrweb/network@1",
                                        "{\"requests\":[{\"name\":\"https://shop.example/" + mark
                                                + "network\",\"method\":\"POST\",\"status\":500,\"requestHeaders\":{\"x-who\":\""
                                                + mark + "header\"},\"responseBody\":\"" + mark + "body\"}]}"),
                                plugin(
                                        now,
                                        "mimic/websocket@1",
                                        "{\"id\":\"w1\",\"kind\":\"message\",\"url\":\"wss://shop.example/\",\"direction\":\"in\",\"size\":9,\"payload\":\""
                                                + mark + "frame\"}"),
                                plugin(now, "mimic/event@1", "{\"name\":\"" + mark + "event\",\"properties\":{}}"))
                        + users);
    }

    /** What the host's own server saw of them. The session goes on until it is there, since it is attached to open ones alone. */
    private void plantServerSide(Mimic mimic, IngestResult result) {
        String mark = PlantSearch.MARK;
        AtomicInteger seq = new AtomicInteger();
        await().atMost(LONG).pollInterval(Duration.ofSeconds(1)).until(() -> {
            ingest(mimic, PAGE, seq.incrementAndGet(), false, "\"meta\":{}", "");
            long now = System.currentTimeMillis();
            mimic.serverEvents()
                    .add(new ServerItem(
                            projectId(mimic),
                            result.session(),
                            "request-1",
                            "browser",
                            now,
                            new ServerFact.Request(
                                    "GET",
                                    "/" + mark + "path",
                                    true,
                                    null,
                                    null,
                                    500,
                                    5,
                                    null,
                                    new IllegalStateException(mark + "exception"),
                                    List.of(new LogLine("WARN", "shop", mark + "log", now)),
                                    0)));
            return events(mimic, result).toString().contains(mark + "log");
        });
    }

    private IngestResult ingest(Mimic mimic, String page, int seq, boolean compressed, String meta, String events)
            throws Exception {
        String batch = "{\"v\":1,\"project\":\"" + projectId(mimic) + "\",\"window\":\"window-1\",\"page\":\"" + page
                + "\",\"seq\":" + seq + ",\"sentAt\":" + System.currentTimeMillis() + "," + meta + ",\"events\":["
                + events
                + "]}";
        Map<String, String> headers =
                Map.of("sec-fetch-site", "same-origin", "user-agent", PlantSearch.MARK + "agent/5.0");
        byte[] plain = batch.getBytes(StandardCharsets.UTF_8);
        return mimic.ingestor()
                .ingest(new IngestRequest(
                        new ByteArrayInputStream(compressed ? gzip(plain) : plain),
                        "application/json",
                        compressed ? "gzip" : null,
                        PlantSearch.ADDRESS,
                        headers::get,
                        name -> null));
    }

    private byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        byte[] all = out.toByteArray();
        // the checksum, and what lies before it
        ownOfGzip.add(Arrays.copyOfRange(all, all.length - 32, all.length - 4));
        return all;
    }

    private static boolean holds(List<byte[]> all, byte[] searched) {
        String text = new String(searched, StandardCharsets.ISO_8859_1);
        return all.stream().anyMatch(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains(text));
    }

    private static String plugin(long at, String name, String payload) {
        return event(at, 6, "{\"plugin\":\"" + name + "\",\"payload\":" + payload + "}");
    }

    private static String event(long at, int type, String data) {
        return "{\"type\":" + type + ",\"data\":" + data + ",\"timestamp\":" + at + "}";
    }

    /** All bytes of one store, in pieces. */
    private interface Bytes {
        List<byte[]> read() throws Exception;
    }

    private static List<byte[]> files(Path folder) throws IOException {
        List<byte[]> all = new ArrayList<>();
        LiveFolder.files(folder).forEach((file, content) -> {
            all.add(file.toString().getBytes(StandardCharsets.UTF_8));
            all.add(content);
        });
        return all;
    }

    private static List<byte[]> keys(int port) {
        List<byte[]> all = new ArrayList<>();
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
            do {
                var page = jedis.scan(cursor);
                for (byte[] key : page.getResult()) {
                    all.add(key);
                    byte[] value = jedis.dump(key);
                    all.add(value == null ? new byte[0] : value);
                }
                cursor = page.getCursorAsBytes();
            } while (!new String(cursor, StandardCharsets.US_ASCII).equals("0"));
        }
        return all;
    }

    private static List<byte[]> rows(PostgresqlSettings database) throws Exception {
        List<byte[]> all = new ArrayList<>();
        try (var connection = DriverManager.getConnection(database.url());
                ResultSet tables = connection.getMetaData().getTables(null, database.schema(), "%", null)) {
            while (tables.next()) {
                if (!"TABLE".equals(tables.getString("TABLE_TYPE"))) {
                    continue;
                }
                String table = database.schema() + "." + tables.getString("TABLE_NAME");
                try (var statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    while (rows.next()) {
                        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                            byte[] value = rows.getBytes(column);
                            all.add(value == null ? new byte[0] : value);
                        }
                    }
                }
            }
        }
        return all;
    }

    private static List<byte[]> objects(MimicConfig config) throws Exception {
        List<byte[]> all = new ArrayList<>();
        try (SessionArchive archive = S3SessionArchive.open(S3Choice.settings(config))) {
            List<SessionArchive.StoredObject> objects = new ArrayList<>();
            archive.list("", objects::add);
            for (SessionArchive.StoredObject object : objects) {
                all.add(object.name().getBytes(StandardCharsets.UTF_8));
                try (InputStream in = archive.open(object.name(), 0, object.bytes())) {
                    all.add(in.readAllBytes());
                }
            }
        }
        return all;
    }

    private MimicConfig config() {
        return MimicConfig.defaults()
                .with(MimicSetting.PROJECT_PASSWORD, "correct horse")
                .with(MimicSetting.SESSION_TIMEOUT, Duration.ofSeconds(5))
                .with(MimicSetting.SESSION_GRACE, Duration.ofSeconds(1));
    }

    private static PostgresqlSettings database(PostgresqlProcess postgresql) {
        return new PostgresqlSettings(postgresql.url(), "", "", "mimic_erasure_proof", 8, true);
    }

    private MimicConfig shared(PostgresqlSettings database, S3Server s3) {
        return config().with(MimicSetting.DATA_DIR, temporary.resolve("data").toString())
                .with(MimicSetting.CATALOG, MimicSetting.CatalogKind.POSTGRESQL)
                .with(MimicSetting.POSTGRESQL_URL, database.url())
                .with(MimicSetting.POSTGRESQL_SCHEMA, database.schema())
                .with(MimicSetting.ARCHIVE, MimicSetting.ArchiveKind.S3)
                .with(MimicSetting.S3_ENDPOINT, s3.endpoint())
                .with(MimicSetting.S3_REGION, "us-east-1")
                .with(MimicSetting.S3_BUCKET, "mimic-" + UUID.randomUUID())
                .with(MimicSetting.S3_ACCESS_KEY, s3.accessKey())
                .with(MimicSetting.S3_SECRET_KEY, s3.secretKey());
    }
}

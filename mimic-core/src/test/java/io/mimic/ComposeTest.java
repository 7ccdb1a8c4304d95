package io.mimic;

import static io.mimic.RunningPipeline.events;
import static io.mimic.RunningPipeline.ingest;
import static io.mimic.RunningPipeline.recording;
import static io.mimic.RunningPipeline.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mimic.archive.s3.S3Server;
import io.mimic.buffer.redis.RedisProcesses;
import io.mimic.ingest.IngestResult;
import io.mimic.jdbc.PostgresqlServer;
import io.mimic.jdbc.PostgresqlSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds docker-compose.yml and .env.example against each other and against servers of this machine: there is no Docker in tests. */
class ComposeTest {
    private static final Path COMPOSE = Path.of("..", "docker-compose.yml");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)}");
    private static final Pattern REDIS_COMMAND = Pattern.compile("command: \\[\"redis-server\", (.*)]");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");

    @Test
    void everyVariableIsInTheExample() throws IOException {
        Map<String, String> example = example();
        TreeSet<String> used = new TreeSet<>();
        Matcher variables = VARIABLE.matcher(Files.readString(COMPOSE));
        while (variables.find()) {
            used.add(variables.group(1));
        }
        assertThat(used).isNotEmpty();
        assertThat(example.keySet()).containsAll(used);
        assertThat(example)
                .containsEntry("MIMIC_REDIS_PASSWORD", example.get("REDIS_PASSWORD"))
                .containsEntry("MIMIC_POSTGRESQL_PASSWORD", example.get("POSTGRESQL_PASSWORD"))
                .containsEntry("MIMIC_S3_ACCESS_KEY", example.get("MINIO_USER"))
                .containsEntry("MIMIC_S3_SECRET_KEY", example.get("MINIO_PASSWORD"));
    }

    @Test
    void everySettingOfTheExampleIsOne() throws IOException {
        assertThat(example().keySet().stream().filter(name -> name.startsWith("MIMIC_")))
                .isNotEmpty()
                .isSubsetOf(MimicSetting.ALL.stream()
                        .map(MimicSetting::environmentVariable)
                        .toList());
    }

    @Test
    @Tag("servers")
    void settingsOfTheExampleRecordAndArchive() throws Exception {
        Map<String, String> settings = new HashMap<>(example());
        PostgresqlSettings database = PostgresqlServer.shared().emptySchema("mimic_compose");
        try (RedisProcesses redis = RedisProcesses.none();
                S3Server s3 = S3Server.start()) {
            int port = redis.server(redisOptions(settings));
            settings.put("MIMIC_REDIS_NODES", RedisProcesses.node(port));
            settings.put("MIMIC_POSTGRESQL_URL", database.url());
            settings.put("MIMIC_POSTGRESQL_SCHEMA", database.schema());
            settings.put("MIMIC_S3_ENDPOINT", s3.endpoint());
            settings.put("MIMIC_S3_ACCESS_KEY", s3.accessKey());
            settings.put("MIMIC_S3_SECRET_KEY", s3.secretKey());
            settings.put("MIMIC_FLUSH_INTERVAL", "100ms");
            settings.put("MIMIC_SESSION_TIMEOUT", "300ms");
            settings.put("MIMIC_SESSION_GRACE", "100ms");
            MimicConfig config = MimicConfig.from(key -> settings.get(
                    key.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_')));
            try (Mimic mimic = Mimic.start(config)) {
                recording(mimic);
                IngestResult result = ingest(mimic, Clock.systemUTC(), 0);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> row(mimic, result) != null
                                && !row(mimic, result).active());
                assertThat(events(mimic, result)).hasSize(2);
            }
        }
    }

    private static String[] redisOptions(Map<String, String> variables) throws IOException {
        Matcher command = REDIS_COMMAND.matcher(Files.readString(COMPOSE));
        assertThat(command.find()).isTrue();
        List<String> options = new ArrayList<>();
        Matcher words = WORD.matcher(command.group(1));
        while (words.find()) {
            options.add(VARIABLE.matcher(words.group(1))
                    .replaceAll(found -> Matcher.quoteReplacement(variables.get(found.group(1)))));
        }
        assertThat(options).contains("--appendonly", "--requirepass");
        return options.toArray(String[]::new);
    }

    private static Map<String, String> example() throws IOException {
        Map<String, String> example = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("..", ".env.example"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("=", 2);
                example.put(parts[0], parts[1]);
            }
        }
        return example;
    }
}

package io.mimic.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.store.StoreException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("servers")
class PostgresqlSchemaTest {
    private static final String SCHEMA = "mimic_migration";

    private PostgresqlSettings settings;

    @BeforeEach
    void emptySchema() throws Exception {
        settings = PostgresqlServer.shared().emptySchema(SCHEMA);
    }

    private PostgresqlSettings validateOnly() {
        return new PostgresqlSettings(settings.url(), "", "", SCHEMA, 2, false);
    }

    @Test
    void severalNodesMayStartAtOnce() throws Exception {
        var pool = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Boolean>> starts = IntStream.range(0, 6)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        try (PostgresqlDatabase node = PostgresqlDatabase.open(settings)) {
                            return node.health().up();
                        }
                    })
                    .toList();
            for (Future<Boolean> up : pool.invokeAll(starts)) {
                assertThat(up.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void validatingMakesNothingAndSaysWhatIsMissing() {
        assertThatThrownBy(() -> PostgresqlDatabase.open(validateOnly()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("docs/schema/postgresql")
                .hasMessageContaining("mimic.postgresql.migrate");
        PostgresqlDatabase.open(settings).close();
        PostgresqlDatabase.open(validateOnly()).close();
    }

    @Test
    void scriptsOfTheDocumentationMakeWhatValidatingWants() throws Exception {
        PostgresqlServer server = PostgresqlServer.shared();
        server.execute("CREATE SCHEMA " + SCHEMA);
        for (Schema.Part part : Schema.Part.values()) {
            for (int version = 1; version <= part.version(); version++) {
                server.execute("SET search_path = " + SCHEMA + ";\n" + SchemaDocumentation.script(part, version));
            }
        }
        PostgresqlDatabase.open(validateOnly()).close();
        PostgresqlDatabase.open(settings).close();
    }

    @Test
    void newerSchemaThatStillFitsIsTaken() throws Exception {
        PostgresqlDatabase.open(settings).close();
        PostgresqlServer.shared().execute("UPDATE " + SCHEMA + ".mimic_schema SET version = 99");
        PostgresqlDatabase.open(settings).close();
    }

    @Test
    void newerSchemaThatDoesNotFitIsRefused() throws Exception {
        PostgresqlDatabase.open(settings).close();
        PostgresqlServer.shared().execute("UPDATE " + SCHEMA + ".mimic_schema SET version = 99, oldest = 98");
        assertThatThrownBy(() -> PostgresqlDatabase.open(settings))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("newer MIMIC")
                .hasMessageContaining("Upgrade this node");
    }

    @Test
    void serverThatIsAwayIsNamedWithoutItsPassword() {
        PostgresqlSettings away = new PostgresqlSettings(
                "jdbc:postgresql://127.0.0.1:1/none?password=hidden", "mimic", "hidden", "", 2, true);
        assertThatThrownBy(() -> PostgresqlDatabase.open(away))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("127.0.0.1:1/none")
                .message()
                .doesNotContain("hidden");
    }
}

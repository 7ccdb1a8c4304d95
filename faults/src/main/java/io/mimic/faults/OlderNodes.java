package io.mimic.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of an older version that go on beside a newer one, which has changed the tables under them. The older version is what {@code
 * FAULTS_OLDER} names by a class path of its own AppNode. Without it every node is of this version, and what they find is what a version to come could
 * have left: a column more in each table, a table and an index that they do not know.
 */
final class OlderNodes {
    static final FaultCase CASE =
            new FaultCase("older-beside-newer", false, OlderNodes::older, OlderNodes::oneIsUpgraded);
    private static final @Nullable String OLDER = System.getenv("FAULTS_OLDER");
    private static final String TABLES =
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'mimic_%'";
    private static final String VERSIONS = "SELECT part || ' ' || version FROM mimic_schema";

    private OlderNodes() {}

    /** Buffer and catalog in PostgreSQL, so that both their tables are changed. */
    private static void older(FaultCase.Setting setting) throws Exception {
        setting.stage().settings().put("mimic.buffer", "postgresql");
        if (OLDER != null) {
            setting.stage().classPath(OLDER);
        }
        NodeFaults.start(setting);
    }

    private static void oneIsUpgraded(FaultCase.Running running) throws Exception {
        Stage stage = running.stage();
        String before = versions(stage);
        NodeProcess node = stage.node(2);
        String old = node.toString();
        node.kill();
        if (OLDER == null) {
            addWhatNobodyKnows(stage);
        }
        node.startAgain(Java.classPath());
        Wait.until(node + " records", Duration.ofMinutes(2), () -> Stage.recording(node));
        String after = versions(stage);
        if (after.equals(before)) {
            throw new FaultException("the newer node should have found or made newer tables than " + before);
        }
        running.more(200);
        for (NodeProcess other : List.of(stage.node(0), stage.node(1))) {
            if (!Stage.recording(other)) {
                throw new FaultException(other + " does not record beside the newer one: " + Stage.health(other));
            }
        }
        running.proof(old + " was replaced by " + node + " under load, the tables went from " + before + " to " + after
                + (OLDER == null
                        ? ", with columns, a table and an index that this version does not know"
                        : ", by its own migration")
                + "; " + stage.node(0) + " and " + stage.node(1)
                + " went on beside it");
    }

    private static String versions(Stage stage) throws SQLException {
        return String.join(" and ", Sql.texts(stage, VERSIONS));
    }

    private static void addWhatNobodyKnows(Stage stage) throws SQLException {
        for (String table : new TreeSet<>(Sql.texts(stage, TABLES))) {
            Sql.execute(stage, "ALTER TABLE " + table + " ADD COLUMN of_the_newer TEXT NOT NULL DEFAULT 'x'");
        }
        Sql.execute(stage, "CREATE TABLE mimic_of_the_newer (id TEXT PRIMARY KEY)");
        Sql.execute(stage, "CREATE INDEX mimic_session_of_the_newer ON mimic_session (project, of_the_newer)");
        Sql.execute(stage, "UPDATE mimic_schema SET version = version + 1");
    }
}

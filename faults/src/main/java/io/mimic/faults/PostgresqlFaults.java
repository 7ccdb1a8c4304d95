package io.mimic.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** What happens to PostgreSQL. */
final class PostgresqlFaults {
    static final List<FaultCase> CASES = List.of(
            new FaultCase("postgresql-stopped", false, PostgresqlFaults::onlyPostgresql, PostgresqlFaults::stopped),
            new FaultCase("postgresql-away-an-hour", false, NodeFaults::nodesOnRedis, PostgresqlFaults::away));
    private static final Duration STOPPED = Duration.ofSeconds(20);
    private static final Duration AWAY = Duration.ofMinutes(70);

    private PostgresqlFaults() {}

    private static void onlyPostgresql(FaultCase.Setting setting) throws Exception {
        setting.stage().settings().put("mimic.buffer", "postgresql");
        NodeFaults.start(setting);
    }

    /** Buffer and catalog at once: nothing can be acknowledged until it is back. */
    private static void stopped(FaultCase.Running running) throws Exception {
        Stage stage = running.stage();
        String who = stop(stage);
        Thread.sleep(STOPPED.toMillis());
        int refused = stage.ledger().repeats("503");
        if (refused == 0) {
            throw new FaultException("no batch was answered with 503 while PostgreSQL was away");
        }
        stage.postgresql().again();
        running.proof(
                who + " for " + STOPPED.toSeconds() + " s: " + refused + " batches were answered with 503; back as pid "
                        + stage.postgresql().handle().pid());
        running.more(100);
    }

    /** Only the catalog: batches are taken all the time. */
    private static void away(FaultCase.Running running) throws Exception {
        Stage stage = running.stage();
        HeldPut.ByNode held = HeldPut.first(stage, true, List.of(0, 1, 2));
        String who = stop(stage);
        held.put().release(true);
        int before = stage.ledger().size();
        running.more(60);
        running.visitors().later(AWAY, () -> {
            for (NodeProcess node : stage.nodes()) {
                node.clock(AWAY);
            }
            for (NodeProcess node : stage.nodes()) {
                Wait.until(
                        node + " has the later time",
                        Duration.ofMinutes(1),
                        () -> Stage.time(node) > System.currentTimeMillis() + AWAY.toMillis() - 5_000);
            }
        });
        running.more(100);
        stage.postgresql().again();
        running.proof(who + " while " + stage.node(held.node())
                + " had put an object and not committed it; then every clock went on by "
                + AWAY.toMinutes() + " min; " + (stage.ledger().size() - before)
                + " batches were acknowledged meanwhile; back as pid "
                + stage.postgresql().handle().pid());
        running.more(60);
    }

    private static String stop(Stage stage) throws Exception {
        ProcessHandle server = stage.postgresql().handle();
        stage.postgresql().stop();
        if (server.isAlive() || connects(stage.postgresql().port())) {
            throw new FaultException("PostgreSQL was stopped and is still there");
        }
        return "PostgreSQL (pid " + server.pid() + ") was gone and its port refused connections";
    }

    static boolean connects(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}

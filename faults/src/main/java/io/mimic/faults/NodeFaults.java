package io.mimic.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What happens to app nodes. */
final class NodeFaults {
    static final List<FaultCase> CASES = List.of(
            new FaultCase("node-killed", false, NodeFaults::nodesOnRedis, NodeFaults::killed),
            new FaultCase("node-frozen", false, NodeFaults::nodesOnRedis, NodeFaults::frozen),
            new FaultCase("clocks-apart", false, NodeFaults::nodesApart, NodeFaults::apart),
            new FaultCase("answers-lost", false, NodeFaults::answersLost, running -> running.more(400)));
    private static final Duration OFF = Duration.ofMinutes(2);

    private NodeFaults() {}

    static void nodesOnRedis(FaultCase.Setting setting) throws Exception {
        setting.redisPort(setting.stage().useRedis("--appendonly", "yes", "--appendfsync", "always"));
        start(setting);
    }

    static void start(FaultCase.Setting setting) throws Exception {
        for (int i = 0; i < Stage.NODES; i++) {
            setting.stage().startNode(Map.of(), Duration.ZERO);
        }
    }

    private static void killed(FaultCase.Running running) throws Exception {
        Stage stage = running.stage();
        HeldPut.ByNode first = HeldPut.first(stage, false, List.of(0, 1, 2));
        kill(running, first, false);
        List<Integer> others =
                Stream.of(0, 1, 2).filter(node -> node != first.node()).toList();
        HeldPut.ByNode second = HeldPut.first(stage, true, others);
        String orphan = second.put().object();
        kill(running, second, true);
        running.more(40);
        Set<String> orphans = ArchiveObjects.orphans(stage);
        if (!orphans.contains(orphan)) {
            throw new FaultException(
                    "the killed node's object " + orphan + " should have no row, but " + orphans + " have none");
        }
        for (int killed : new int[] {first.node(), second.node()}) {
            NodeProcess node = stage.node(killed);
            node.startAgain();
            Wait.until(node + " records again", Duration.ofMinutes(2), () -> Stage.recording(node));
        }
        running.proof(stage.node(first.node()) + " and " + stage.node(second.node()) + " were started in their place");
        running.more(60);
    }

    private static void kill(FaultCase.Running running, HeldPut.ByNode held, boolean onceStored) throws Exception {
        NodeProcess node = running.stage().node(held.node());
        String who = node.toString();
        int exit = node.kill();
        held.put().release(false);
        if (exit != 137 || node.alive()) {
            throw new FaultException(who + " ended with " + exit + " instead of 137");
        }
        running.proof(who + " got signal 9 while it archived (exit " + exit + "): its object "
                + (onceStored ? held.put().object() + " was stored, its row was not" : "was on its way"));
    }

    private static void frozen(FaultCase.Running running) throws Exception {
        Stage stage = running.stage();
        HeldPut.ByNode held = HeldPut.first(stage, true, List.of(0, 1, 2));
        NodeProcess node = stage.node(held.node());
        HeldPut put = held.put();
        node.freeze();
        long frozenAt = System.nanoTime();
        put.release(true);
        Wait.until(
                "another node archives the session of " + node,
                Duration.ofMinutes(2),
                () -> Sql.number(stage, "SELECT count(*) FROM mimic_segment WHERE session = '" + put.session() + "'")
                        > 0);
        String state = node.state();
        Wait.until(
                "the lease is over", Duration.ofMinutes(2), () -> System.nanoTime() - frozenAt > Stage.LEASE.toNanos());
        long frozenMs = (System.nanoTime() - frozenAt) / 1_000_000;
        node.wake();
        Wait.until(
                node + " sees that it has lost its lease",
                Duration.ofMinutes(2),
                () -> node.logged("Session " + put.session() + " is archived by another node."));
        running.proof(node + " was frozen (state " + state + ") while it archived, for " + frozenMs
                + " ms with a lease of " + Stage.LEASE.toMillis()
                + " ms; another node archived the session; woken, it committed nothing");
        running.more(60);
    }

    private static void nodesApart(FaultCase.Setting setting) throws Exception {
        setting.redisPort(setting.stage().useRedis("--appendonly", "yes", "--appendfsync", "always"));
        setting.stage().startNode(Map.of(), OFF.negated());
        setting.stage().startNode(Map.of(), Duration.ZERO);
        setting.stage().startNode(Map.of(), OFF);
    }

    private static void apart(FaultCase.Running running) throws Exception {
        long now = System.currentTimeMillis();
        StringBuilder offsets = new StringBuilder();
        for (NodeProcess node : running.stage().nodes()) {
            long offset = Math.round((Stage.time(node) - now) / 1000.0);
            offsets.append(offsets.isEmpty() ? "" : ", ")
                    .append(node)
                    .append(' ')
                    .append(offset)
                    .append(" s");
        }
        running.proof("the nodes' own clocks are off by: " + offsets);
        running.more(400);
    }

    private static void answersLost(FaultCase.Setting setting) throws Exception {
        nodesOnRedis(setting);
        setting.loseEveryAnswer(3);
    }
}

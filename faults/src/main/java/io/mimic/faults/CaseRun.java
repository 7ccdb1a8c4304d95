package io.mimic.faults;

import io.mimic.archive.s3.CuttingProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs one case from its first server to its verdict. */
final class CaseRun {
    private static final int WARM = 60;
    private static final int READING_S = 180;

    private final FaultCase fault;
    private final Stage stage;

    CaseRun(FaultCase fault, Stage stage) {
        this.fault = fault;
        this.stage = stage;
    }

    /** @return what is to be printed, the verdict's line first; throws when the case does not hold */
    List<String> run() throws Exception {
        FaultCase.Setting setting = new FaultCase.Setting(stage);
        fault.preparation().prepare(setting);
        Balancer balancer = stage.balance(setting.quietNode());
        AtomicInteger swallowed = new AtomicInteger();
        Visitors visitors = stage.keep(
                new Visitors(front(setting, balancer, swallowed), stage.ledger(), setting.loseEveryAnswer() > 0));
        FaultCase.Running running = new FaultCase.Running(setting, visitors, balancer);
        HostWatch host = stage.keep(new HostWatch(balancer.address()));
        visitors.start();
        running.more(WARM);
        fault.strike().strike(running);
        visitors.stop();
        if (setting.loseEveryAnswer() > 0) {
            running.proof(swallowed
                    + " answers 202 were cut off after the batch was stored; each was repeated without the cookie");
        }
        return verdict(running, host);
    }

    private String front(FaultCase.Setting setting, Balancer balancer, AtomicInteger swallowed) throws IOException {
        if (setting.loseEveryAnswer() == 0) {
            return balancer.address();
        }
        CuttingProxy front = stage.keep(CuttingProxy.to(balancer.port()));
        AtomicInteger answers = new AtomicInteger();
        front.gate(new CuttingProxy.Gate() {
            @Override
            public boolean answer(String requestLine, String line) {
                boolean lost = requestLine.startsWith("POST /mimic/ingest")
                        && line.contains(" 202")
                        && answers.incrementAndGet() % setting.loseEveryAnswer() == 0;
                if (lost) {
                    swallowed.incrementAndGet();
                }
                return !lost;
            }
        });
        return front.endpoint();
    }

    private List<String> verdict(FaultCase.Running running, HostWatch host) throws Exception {
        int redisPort = running.setting().redisPort();
        Leftovers.awaitNone(stage, redisPort, fault.losses());
        int orphans = ArchiveObjects.sweep(stage);
        Found found = readBack(running.balancer().address());
        if (redisPort != 0) {
            Leftovers.checkRedis(redisPort);
        }
        host.close();
        host.check();
        if (!(fault.losses() ? found.settled() && found.doubled() == 0 && found.wrong() == 0 : found.whole())) {
            throw new FaultException("it does not hold: " + found.told() + ", wrong " + found.wrong() + ", active "
                    + found.active() + " (repeats: " + stage.ledger().reasons() + ")");
        }
        if (!fault.losses() && stage.ledger().torn() > 0) {
            throw new FaultException(stage.ledger().torn() + " visitors were put into more than one session");
        }
        return told(running, found, orphans, host);
    }

    private List<String> told(FaultCase.Running running, Found found, int orphans, HostWatch host)
            throws FaultException {
        List<String> lines = new ArrayList<>();
        lines.add(fault.name() + ": " + found.told() + (fault.losses() ? lossesShown(found) : ""));
        running.proof().forEach(line -> lines.add("    " + line));
        lines.add("    " + found.sessions() + " sessions ended, " + found.segments() + " segments, "
                + stage.ledger().repeats() + " batches sent again "
                + stage.ledger().reasons() + ", "
                + orphans + " orphan objects swept; " + host.told());
        return lines;
    }

    private static String lossesShown(Found found) throws FaultException {
        if (found.lost() == 0) {
            throw new FaultException("nothing was lost, so the fault did not strike");
        }
        if (found.shownAsGap() == 0 || found.gapMarkers() == 0) {
            throw new FaultException(found.lost() + " batches were lost, and no gap shows it");
        }
        return " (this fault does lose: " + found.shownAsGap() + " of them before a batch that came, told as gaps by "
                + found.gapMarkers() + " markers)";
    }

    private Found readBack(String address) throws Exception {
        Path ledger = stage.folder().resolve("ledger");
        stage.ledger().write(ledger);
        List<String> command = Java.command("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        command.addAll(List.of(
                ReadBack.class.getName(),
                address,
                Stage.PROJECT_NAME,
                Stage.PASSWORD,
                ledger.toString(),
                String.valueOf(READING_S),
                String.valueOf(fault.losses())));
        Path out = stage.folder().resolve("read-back");
        Path errors = stage.folder().resolve("read-back.log");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile())
                .start();
        stage.keep(process::destroyForcibly);
        if (!process.waitFor(READING_S + 60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new FaultException("the sessions could not be read back (see " + errors + ")");
        }
        return Found.parse(java.nio.file.Files.readString(out).strip());
    }
}

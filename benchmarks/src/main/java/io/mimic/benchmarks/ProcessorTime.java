package io.mimic.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Processor time of some processes, with those that they have started. */
final class ProcessorTime {
    private final List<ProcessHandle> servers;
    private final boolean own;

    /** @param own whether this process is one of them */
    ProcessorTime(List<ProcessHandle> servers, boolean own) {
        this.servers = servers;
        this.own = own;
    }

    /** Since each of them began, ns. */
    long ns() {
        long here =
                own ? ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() : 0;
        return here
                + servers.stream()
                        .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                        .mapToLong(Duration::toNanos)
                        .sum();
    }
}

package io.mimic.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Processor time of this process and of the store servers beside it, with the processes that those have started. */
final class ProcessorTime {
    private final List<ProcessHandle> servers;

    ProcessorTime(List<ProcessHandle> servers) {
        this.servers = servers;
    }

    /** Since each of them began, ns. */
    long ns() {
        long own = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        return own
                + servers.stream()
                        .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                        .mapToLong(Duration::toNanos)
                        .sum();
    }
}

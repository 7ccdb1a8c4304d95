package io.mimic.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What this process's threads have used so far, but for those of the {@linkplain HttpLoad load} and the one that asks: the container's, and
 * MIMIC's where it works beside them. Tells more than requests a second do where the load shares the cores.
 */
final class ServerWork {
    private final Map<Long, Used> threads = new HashMap<>();

    private ServerWork() {}

    static ServerWork now() {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ServerWork work = new ServerWork();
        for (long id : bean.getAllThreadIds()) {
            ThreadInfo info = bean.getThreadInfo(id);
            boolean other = info != null && id != Thread.currentThread().getId();
            if (other && !info.getThreadName().startsWith(HttpLoad.THREAD_NAME)) {
                work.threads.put(id, new Used(bean.getThreadCpuTime(id), bean.getThreadAllocatedBytes(id)));
            }
        }
        return work;
    }

    /** Processor time that was used between two moments, ns. */
    long cpuNsSince(ServerWork before) {
        return since(before, Used::cpuNs);
    }

    long allocatedSince(ServerWork before) {
        return since(before, Used::allocated);
    }

    private long since(ServerWork before, ToLongFunction<Used> figure) {
        long sum = 0;
        for (Map.Entry<Long, Used> thread : threads.entrySet()) {
            Used earlier = before.threads.getOrDefault(thread.getKey(), Used.NOTHING);
            sum += figure.applyAsLong(thread.getValue()) - figure.applyAsLong(earlier);
        }
        return sum;
    }

    private record Used(long cpuNs, long allocated) {
        static final Used NOTHING = new Used(0, 0);
    }
}

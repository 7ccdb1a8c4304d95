package io.mimic.server;

import io.mimic.buffer.SessionBuffer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings what the host's server saw into the sessions that it belongs to, on a thread of its own. Never waits for a store on a request's
 * thread: what does not fit into its queue is dropped and counted. Nothing here begins or prolongs a session.
 *
 * <p>What came before its session is held for a minute by the node that saw it, until a batch that lands on this node claims it. Thread-safe.
 */
public final class ServerEvents implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ServerEvents.class.getName());
    private static final int QUEUE = 8_192;
    private static final long QUEUE_WEIGHT = 16L << 20;
    private static final long GATHER_MS = 1_000;
    private static final long LOOK_MS = 100;
    private static final long CLOSING_MS = 2_000;

    private final Clock clock;
    private final Queue<Message> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong weight = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final ServerDelivery delivery;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean closing;

    private ServerEvents(SessionBuffer buffer, ServerSettings settings, Clock clock) {
        this.clock = clock;
        this.delivery = new ServerDelivery(buffer, settings);
        this.thread = new Thread(this::run, "mimic-server-events");
        thread.setDaemon(true);
    }

    /** Starts its thread. The buffer stays the caller's, who closes it after this. */
    public static ServerEvents open(SessionBuffer buffer, ServerSettings settings, Clock clock) {
        ServerEvents events = new ServerEvents(buffer, settings, clock);
        events.thread.start();
        return events;
    }

    /** Takes a fact for its session. Never waits. */
    public void add(ServerItem item) {
        int size = item.weight();
        if (closing || weight.get() + size > QUEUE_WEIGHT || !queue.offer(new Message.Fact(item))) {
            dropped.incrementAndGet();
        } else {
            weight.addAndGet(size);
        }
    }

    /**
     * Gives a session what is held, or will come, of requests that its browser names. Never waits.
     *
     * @param requests ids of requests
     * @param client of the batch that names them; must be that of the requests
     */
    public void claim(String project, UUID session, List<String> requests, String client) {
        if (!requests.isEmpty() && !closing) {
            // a claim that does not fit comes again with the page's next batch
            queue.offer(new Message.Claim(project, session, List.copyOf(requests), client));
        }
    }

    /** Facts that were not kept since there was no room or no store for them. */
    public long dropped() {
        return dropped.get() + delivery.dropped();
    }

    /** Stores what is waiting, for a second or two. */
    @Override
    public void close() {
        closing = true;
        stop.countDown();
        try {
            thread.join(CLOSING_MS);
            thread.interrupt();
            thread.join(CLOSING_MS);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at the queue every now and then: a thread that waited for it would be woken by each request, which would pay for that. */
    private void run() {
        long deliverAt = clock.millis() + GATHER_MS;
        try {
            while (!stop.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                takeWaiting();
                long now = clock.millis();
                if (now >= deliverAt || deliverAt > now + GATHER_MS) {
                    deliver();
                    deliverAt = clock.millis() + GATHER_MS;
                }
            }
            takeWaiting();
            deliver();
        } catch (InterruptedException e) {
            dropped.addAndGet(queue.size());
        }
    }

    private void takeWaiting() {
        for (int waiting = queue.size(); waiting > 0; waiting--) {
            Message message = queue.poll();
            if (message != null) {
                take(message);
            }
        }
    }

    private void take(Message message) {
        if (message instanceof Message.Fact fact) {
            weight.addAndGet(-fact.item().weight());
        }
        try {
            if (message instanceof Message.Fact fact) {
                delivery.take(fact.item(), clock.millis());
            } else if (message instanceof Message.Claim claim) {
                delivery.claim(claim.project(), claim.session(), claim.requests(), claim.client(), clock.millis());
            }
        } catch (RuntimeException e) {
            lost(e);
        }
    }

    private void deliver() {
        try {
            delivery.deliver(clock.millis());
        } catch (RuntimeException e) {
            lost(e);
        }
    }

    private void lost(RuntimeException cause) {
        // one fact that cannot be told must not keep the others from their sessions
        dropped.incrementAndGet();
        LOG.log(Level.DEBUG, "What the server saw of a request could not be kept.", cause);
    }

    private sealed interface Message {
        record Fact(ServerItem item) implements Message {}

        record Claim(String project, UUID session, List<String> requests, String client) implements Message {}
    }
}

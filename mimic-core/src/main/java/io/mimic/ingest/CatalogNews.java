package io.mimic.ingest;

import io.mimic.catalog.SessionCatalog;
import io.mimic.session.Clients;
import io.mimic.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells the catalog in the background that sessions began or go on. What does not fit into its queue is dropped and counted: the
 * archive tells the catalog again.
 */
final class CatalogNews implements AutoCloseable {
    private static final Logger LOG = System.getLogger(CatalogNews.class.getName());
    private static final int QUEUE = 4_096;
    private static final long CLOSING_MS = 1_000;
    private static final long[] BACKOFF_MS = {500, 1_000, 2_000, 5_000, 10_000};

    private final SessionCatalog catalog;
    private final Clients clients;
    private final BlockingQueue<News> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;

    CatalogNews(SessionCatalog catalog, Clients clients) {
        this.catalog = catalog;
        this.clients = clients;
        this.thread = new Thread(this::run, "mimic-catalog-news");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Never waits. */
    void tell(News news) {
        if (closing || !queue.offer(news)) {
            dropped.incrementAndGet();
        }
    }

    long dropped() {
        return dropped.get();
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSING_MS);
            thread.interrupt();
            thread.join(CLOSING_MS);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing || !queue.isEmpty()) {
                News news = queue.poll(100, TimeUnit.MILLISECONDS);
                if (news != null) {
                    deliver(news);
                }
            }
        } catch (InterruptedException e) {
            dropped.addAndGet(queue.size());
        }
    }

    private void deliver(News news) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                catalog.seen(
                        news.project(), news.session(), clients.row(news.client()), news.startedAt(), news.seenAt());
                return;
            } catch (StoreException e) {
                if (closing) {
                    dropped.incrementAndGet();
                    return;
                }
                Thread.sleep(BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)]);
            } catch (RuntimeException e) {
                // one session that cannot be told must not keep the others from the list
                dropped.incrementAndGet();
                LOG.log(Level.ERROR, "The catalog could not be told of session " + news.session() + ".", e);
                return;
            }
        }
    }

    /** That a session is active; see {@link SessionCatalog#seen}. */
    record News(String project, UUID session, @Nullable String client, long startedAt, long seenAt) {}
}

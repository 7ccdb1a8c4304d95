package io.mimic.buffer.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Listens, on every master, to what Redis says of keys that expire: one that stood for a session says that it may have ended. Redis sends a notice
 * once, to whoever listens at that moment, and only for its own keys, so nothing rests on it: sessions are found by their deadlines in any case,
 * and a notice only makes that happen at once. Thread-safe.
 */
final class ExpiryNotices implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ExpiryNotices.class.getName());
    private static final String SETTING = "notify-keyspace-events";
    private static final String PATTERN = "__keyevent@*__:expired";
    private static final Duration CHECK = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RedisLink link;
    private final RedisKeys keys;
    private final Runnable wake;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Map<String, Listener> listeners = new HashMap<>();
    private final Thread watcher = new Thread(this::watch, "mimic-redis-notices");
    private boolean told;

    /** @param wake called, on a thread of this, when a session may have ended */
    ExpiryNotices(RedisLink link, RedisKeys keys, Runnable wake) {
        this.link = link;
        this.keys = keys;
        this.wake = wake;
        watcher.setDaemon(true);
    }

    void start() {
        watcher.start();
    }

    /** Keeps one listener at each server: a Cluster grows and shrinks, a master may be another after a failover. */
    private void watch() {
        try {
            do {
                listen();
            } while (!stop.await(CHECK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listeners.values().forEach(Listener::end);
        listeners.values().forEach(Listener::join);
    }

    private void listen() {
        try {
            Map<String, RedisLink.Server> servers = link.servers();
            listeners.entrySet().removeIf(entry -> {
                boolean gone = !servers.containsKey(entry.getKey());
                if (gone) {
                    entry.getValue().end();
                }
                return gone || !entry.getValue().isAlive();
            });
            servers.forEach((name, server) -> listeners.computeIfAbsent(name, absent -> {
                Listener listener = new Listener(server);
                listener.start();
                return listener;
            }));
        } catch (JedisException e) {
            LOG.log(Level.DEBUG, "Redis' servers are not known at this moment.", e);
        }
    }

    /** A server that refuses may have been set so by whoever runs it. */
    private void switchOn(RedisLink.Server server) {
        try {
            String flags = flags(server.command().send("CONFIG", "GET", SETTING));
            boolean events = flags.contains("E");
            boolean expired = flags.contains("x") || flags.contains("A");
            if (!events || !expired) {
                server.command().send("CONFIG", "SET", SETTING, flags + (events ? "" : "E") + (expired ? "" : "x"));
            }
        } catch (JedisException e) {
            tellRefusal(e);
        }
    }

    private static String flags(@Nullable Object answer) {
        return answer instanceof List<?> list && list.size() == 2 && list.get(1) instanceof byte[] value
                ? RedisLink.text(value)
                : "";
    }

    private synchronized void tellRefusal(JedisException e) {
        if (!told) {
            LOG.log(
                    Level.WARNING,
                    "Redis refuses CONFIG for " + SETTING + " (" + e.getMessage()
                            + "): unless it is set to Ex there, sessions are archived up to a second later. Nothing else changes.");
        }
        told = true;
    }

    /** Leaves no thread, unless a server keeps one from ending. */
    @Override
    public void close() {
        stop.countDown();
        if (watcher.getState() == Thread.State.NEW) {
            return;
        }
        try {
            watcher.join(2 * PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One subscription; ends with its connection, and a new one is made then. */
    private final class Listener extends JedisPubSub {
        private final RedisLink.Server server;
        private final Thread thread = new Thread(this::run, "mimic-redis-notices-listener");
        private volatile boolean ending;

        Listener(RedisLink.Server server) {
            this.server = server;
            thread.setDaemon(true);
        }

        void start() {
            thread.start();
        }

        boolean isAlive() {
            return thread.isAlive();
        }

        private void run() {
            try {
                switchOn(server);
                if (!ending) {
                    server.subscription().accept(this, PATTERN);
                }
            } catch (JedisException e) {
                LOG.log(Level.DEBUG, "The subscription to expiry notices broke; it is made again.", e);
            }
        }

        @Override
        public void onPSubscribe(String pattern, int channels) {
            if (ending) {
                punsubscribe();
            }
        }

        @Override
        public void onPMessage(String pattern, String channel, String key) {
            if (keys.isAlive(key)) {
                wake.run();
            }
        }

        void end() {
            ending = true;
            try {
                if (isSubscribed()) {
                    punsubscribe();
                }
            } catch (JedisException e) {
                LOG.log(Level.DEBUG, "The subscription to expiry notices was broken already.", e);
            }
        }

        void join() {
            try {
                thread.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

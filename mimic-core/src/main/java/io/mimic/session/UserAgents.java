package io.mimic.session;

import io.mimic.session.ClientMetadata.Agent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import ua_parser.Client;
import ua_parser.Parser;

/**
 * Reads browser and system from user agent headers. The library takes a second to start and milliseconds for each header, so whoever may
 * not wait asks the cache, which is filled in the background.
 */
final class UserAgents implements AutoCloseable {
    private static final Logger LOG = System.getLogger(UserAgents.class.getName());
    private static final int CACHED = 1_000;
    private static final int CLOSING_S = 5;
    private static final Map<String, String> FAMILIES = Map.ofEntries(
            Map.entry("Chrome Mobile", "Chrome"),
            Map.entry("Chrome Mobile iOS", "Chrome"),
            Map.entry("Chrome Mobile WebView", "Android WebView"),
            Map.entry("HeadlessChrome", "Headless Chrome"),
            Map.entry("Mobile Safari", "Safari"),
            Map.entry("Mobile Safari UI/WKWebView", "iOS WebView"),
            Map.entry("Firefox Mobile", "Firefox"),
            Map.entry("Firefox iOS", "Firefox"),
            Map.entry("Edge Mobile", "Edge"),
            Map.entry("Opera Mobile", "Opera"),
            Map.entry("Mac OS X", "macOS"),
            Map.entry("Chrome OS", "ChromeOS"));

    private final Map<String, Agent> cache =
            Collections.synchronizedMap(new LinkedHashMap<String, Agent>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Agent> eldest) {
                    return size() > CACHED;
                }
            });
    private final ThreadPoolExecutor background;
    private @Nullable Parser parser;
    private boolean broken;
    private volatile boolean closed;

    UserAgents() {
        background = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(100),
                task -> {
                    Thread thread = new Thread(task, "mimic-user-agents");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        background.allowCoreThreadTimeOut(true);
    }

    /** What is known at once; what is not, is looked up in the background for the next time. */
    Optional<Agent> cached(String userAgent) {
        Agent agent = cache.get(userAgent);
        if (agent == null) {
            background.execute(() -> resolve(userAgent));
        }
        return Optional.ofNullable(agent);
    }

    /** Takes a second the first time, milliseconds later. */
    Agent resolve(String userAgent) {
        Agent known = cache.get(userAgent);
        if (known != null) {
            return known;
        }
        Parser ready = parser();
        Agent agent = ready == null ? Agent.UNKNOWN : agent(ready.parse(userAgent), userAgent);
        cache.put(userAgent, agent);
        return agent;
    }

    @Override
    public void close() {
        closed = true;
        background.shutdownNow();
        try {
            // it may be reading its patterns, which cannot be interrupted, from a jar that the container closes next
            if (!background.awaitTermination(CLOSING_S, TimeUnit.SECONDS)) {
                LOG.log(
                        Level.WARNING,
                        "User agents are still being read; the thread mimic-user-agents is left to that.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Parser parser() {
        if (parser == null && !broken && !closed) {
            try {
                parser = new Parser();
            } catch (RuntimeException | LinkageError e) {
                // another version of its YAML library on the host's class path must not cost more than the browser's
                // name
                broken = true;
                LOG.log(Level.WARNING, "Browsers cannot be told from user agents, since uap-java does not start.", e);
            }
        }
        return parser;
    }

    private static Agent agent(Client client, String userAgent) {
        return new Agent(
                name(client.userAgent.family),
                version(client.userAgent.major, client.userAgent.minor),
                name(client.os.family),
                version(client.os.major, client.os.minor),
                device(String.valueOf(client.device.family), userAgent));
    }

    private static String device(String family, String userAgent) {
        if (family.equals("Spider") || ClientHints.bot(userAgent)) {
            return "bot";
        }
        boolean android = userAgent.contains("Android");
        if (userAgent.contains("iPad") || userAgent.contains("Tablet") || (android && !userAgent.contains("Mobile"))) {
            return "tablet";
        }
        return android || userAgent.contains("Mobile") || userAgent.contains("iPhone") ? "mobile" : "desktop";
    }

    private static @Nullable String name(@Nullable String family) {
        return family == null || family.equals("Other") ? null : FAMILIES.getOrDefault(family, family);
    }

    private static @Nullable String version(@Nullable String major, @Nullable String minor) {
        return major == null || minor == null || minor.equals("0") ? major : major + "." + minor;
    }
}

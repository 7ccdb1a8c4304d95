package io.mimic.asset;

import io.mimic.privacy.ClientText;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks for assets: whom it may ask, and not for a while whoever did not answer. For one thread. */
final class AssetSource {
    private static final Logger LOG = System.getLogger(AssetSource.class.getName());
    private static final int MOST_FAILURES = 3;
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MOST_ORIGINS = 1_000;

    private final Targets targets;
    private final HttpFetch fetch;
    private final Clock clock;
    private final Map<String, Failures> failing = new HashMap<>();
    private boolean told;

    AssetSource(Targets targets, HttpFetch fetch, Clock clock) {
        this.targets = targets;
        this.fetch = fetch;
        this.clock = clock;
    }

    Fetched get(String project, AssetUrl url, @Nullable String etag) {
        Fetched answer = ask(project, url, etag);
        if (answer instanceof Fetched.Failed failed) {
            LOG.log(Level.DEBUG, () -> "The asset " + url.text() + " could not be fetched: " + failed.why());
        } else if (answer instanceof Fetched.Refused refused) {
            LOG.log(Level.DEBUG, () -> "The asset " + url.text() + " is not kept: " + refused.why());
        }
        return answer;
    }

    private Fetched ask(String project, AssetUrl url, @Nullable String etag) {
        if (pausing(url.origin())) {
            return new Fetched.Failed("its origin did not answer lately");
        }
        Target target;
        try {
            target = targets.of(project, url);
        } catch (Targets.RefusedException e) {
            return new Fetched.Refused(String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            return failed(url.origin(), new Fetched.Failed("its host is not known"));
        }
        Fetched answer = fetch.get(target, etag);
        if (answer instanceof Fetched.Failed failed) {
            return failed(url.origin(), failed);
        }
        failing.remove(url.origin());
        return answer;
    }

    private boolean pausing(String origin) {
        Failures failures = failing.get(origin);
        return failures != null
                && failures.count() >= MOST_FAILURES
                && clock.millis() - failures.lastAt() < PAUSE.toMillis();
    }

    private Fetched failed(String origin, Fetched.Failed failed) {
        if (failing.size() >= MOST_ORIGINS) {
            failing.clear();
        }
        Failures before = failing.getOrDefault(origin, new Failures(0, 0));
        failing.put(origin, new Failures(before.count() + 1, clock.millis()));
        if (before.count() + 1 == MOST_FAILURES && !told) {
            told = true;
            LOG.log(
                    Level.WARNING,
                    "Pictures and fonts of {0} cannot be kept at the moment ({1}); replays show grey pictures there."
                            + " mimic.assets.origin can say where the app answers. This is told once.",
                    origin,
                    ClientText.line(failed.why(), 200));
        }
        return failed;
    }

    private record Failures(int count, long lastAt) {}
}

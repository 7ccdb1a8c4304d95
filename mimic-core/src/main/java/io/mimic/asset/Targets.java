package io.mimic.asset;

import io.mimic.project.Origins;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which address may be asked for an asset. The app itself is asked where it answers on this machine, whatever its name means to a name
 * server; another origin only when it is one of the project's, and only at public addresses. Thread-safe.
 */
final class Targets {
    private static final int MOST_OWN = 16;

    private final Map<String, AppAddress> own = new LinkedHashMap<>();
    private final AnsweredPaths answered = new AnsweredPaths();
    private final @Nullable URI pinned;
    private final Function<String, Origins> allowed;
    private final Predicate<InetAddress> open;
    private final Lookup lookup;

    /**
     * @param pinned where the app itself is to be asked; null: where it was seen to answer
     * @param allowed origins of a project's pages beside the app's own
     */
    Targets(@Nullable URI pinned, Function<String, Origins> allowed) {
        this(pinned, allowed, PublicAddresses::isPublic, InetAddress::getAllByName);
    }

    Targets(@Nullable URI pinned, Function<String, Origins> allowed, Predicate<InetAddress> open, Lookup lookup) {
        this.pinned = pinned;
        this.allowed = allowed;
        this.open = open;
        this.lookup = lookup;
    }

    /** Told again it costs a look into a map. */
    void learn(AppAddress address) {
        String origin = Origins.normal(address.origin());
        synchronized (own) {
            if (address.equals(own.get(origin))) {
                return;
            }
            own.remove(origin);
            own.put(origin, address);
            if (own.size() > MOST_OWN) {
                own.remove(own.keySet().iterator().next());
            }
        }
    }

    /** What the app has answered visitors with. */
    AnsweredPaths answered() {
        return answered;
    }

    /**
     * @throws RefusedException when nobody may be asked for it; the message says why
     * @throws UnknownHostException when its name means nothing
     */
    Target of(String project, AssetUrl url) throws RefusedException, UnknownHostException {
        Optional<AppAddress> app = app(url.origin());
        if (app.isPresent()) {
            return own(app.get(), url);
        }
        if (!allowed.apply(project).contains(url.origin())) {
            throw new RefusedException("its origin is not one of the project's");
        }
        if (!url.isTelling()) {
            throw new RefusedException("its path does not end as a picture's, a font's or a style sheet's");
        }
        URI origin = URI.create(url.origin());
        InetAddress[] addresses = lookup.all(host(origin));
        for (InetAddress address : addresses) {
            if (!open.test(address)) {
                throw new RefusedException("its host has an address that is not public");
            }
        }
        boolean tls = "https".equals(origin.getScheme());
        return new Target(
                addresses[0],
                port(origin),
                tls,
                origin.getRawAuthority(),
                String.valueOf(origin.getScheme()),
                url.path(),
                false);
    }

    private Optional<AppAddress> app(String origin) {
        synchronized (own) {
            return Optional.ofNullable(own.get(origin));
        }
    }

    private Target own(AppAddress app, AssetUrl url) throws RefusedException, UnknownHostException {
        if (!url.path().startsWith(app.basePath() + "/")) {
            throw new RefusedException("it is not below the app's path");
        }
        String path = app.contextPath() + url.path().substring(app.basePath().length());
        if (!url.isTelling() && !answered.contains(path)) {
            throw new RefusedException("the app was not seen to answer it with a picture, font or style sheet");
        }
        URI origin = URI.create(url.origin());
        String host = origin.getRawAuthority();
        String scheme = String.valueOf(origin.getScheme());
        if (pinned != null) {
            InetAddress address = lookup.all(host(pinned))[0];
            return new Target(address, port(pinned), "https".equals(pinned.getScheme()), host, scheme, path, false);
        }
        return new Target(here(app.localAddress()), app.localPort(), app.tls(), host, scheme, path, true);
    }

    /** A container that does not tell its own address must not send this anywhere else. */
    private static InetAddress here(String literal) throws RefusedException, UnknownHostException {
        if (!literal.matches("[0-9a-fA-F.:]+(%[A-Za-z0-9._-]+)?")) {
            throw new RefusedException("the container does not tell the app's address; mimic.assets.origin can");
        }
        InetAddress address = InetAddress.getByName(literal);
        try {
            if (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null) {
                return address;
            }
        } catch (SocketException e) {
            throw new RefusedException("this machine does not tell its addresses: " + e.getMessage());
        }
        throw new RefusedException(
                "the container tells an address that is not this machine's; mimic.assets.origin can tell the app's");
    }

    /** Numbers in odd forms are no names, and not guessed at. */
    private static String host(URI origin) throws RefusedException {
        String host = origin.getHost();
        if (host == null) {
            throw new RefusedException("its host is no name and no address");
        }
        return host;
    }

    private static int port(URI origin) {
        if (origin.getPort() >= 0) {
            return origin.getPort();
        }
        return "https".equals(origin.getScheme()) ? 443 : 80;
    }

    /** Looks names up. */
    interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    /** Nobody may be asked. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String why) {
            super(why);
        }
    }
}

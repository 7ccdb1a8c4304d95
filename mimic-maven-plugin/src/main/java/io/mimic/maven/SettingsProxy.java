package io.mimic.maven;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The proxy of settings.xml, and the hosts that are reached without it. */
final class SettingsProxy extends ProxySelector {
    private final InetSocketAddress address;
    private final List<String> without;

    SettingsProxy(InetSocketAddress address, @Nullable String nonProxyHosts) {
        this.address = address;
        this.without = nonProxyHosts == null ? List.of() : List.of(nonProxyHosts.split("[|,]", -1));
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        boolean direct = without.stream()
                .map(pattern -> pattern.trim().toLowerCase(Locale.ROOT))
                .anyMatch(pattern -> host.matches(pattern.replace(".", "\\.").replace("*", ".*")));
        return List.of(direct ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, address));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress sa, IOException e) {}
}

package io.mimic.dashboard;

import io.mimic.ConfigException;
import io.mimic.MimicSetting;
import io.mimic.servlet.Exchange;
import io.mimic.servlet.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names under which the dashboard may be asked for: a page elsewhere can point a name of its own to this host. */
final class AllowedHosts {
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");
    private static final Pattern PORT = Pattern.compile(":\\d+$");

    private final Set<String> hosts;

    /** @throws ConfigException when one is no name */
    AllowedHosts(List<String> names) {
        for (String name : names) {
            if (!FORM.matcher(name).matches()) {
                throw new ConfigException(
                        MimicSetting.DASHBOARD_HOSTS.key() + " has \"" + name
                                + "\"; it must be names such as mimic.example.org or localhost:8080, separated by commas.",
                        null);
            }
        }
        hosts = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** @throws ProblemException 403 when it was asked for under another name */
    void check(Exchange exchange) {
        if (hosts.isEmpty()) {
            return;
        }
        String host = exchange.requestedHost();
        if (!hosts.contains(host) && !hosts.contains(PORT.matcher(host).replaceFirst(""))) {
            throw Problems.otherHost();
        }
    }
}

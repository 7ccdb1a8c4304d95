package io.mimic.servlet;

import io.mimic.Mimic;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the filter answers, so that a test can ask whether it has looked at everything. */
public final class AllRoutes {
    private AllRoutes() {}

    /** Such as {@code GET /api/sessions/{id}}. */
    public static Set<String> of(Mimic mimic) {
        ClassLoader loader = AllRoutes.class.getClassLoader();
        return HostedMimic.routes(mimic, Assets.of(loader, "META-INF/mimic/"), loader).list().stream()
                .map(route -> route.method() + " " + route.pattern())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

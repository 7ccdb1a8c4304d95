package io.mimic.dashboard;

import io.mimic.project.Actor;
import io.mimic.project.Project;
import io.mimic.project.Right;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and for which project.
 *
 * @param role {@code admin}, {@code viewer} or {@code token}
 * @param csrfToken what a browser has to send with a change; null for who uses no cookie
 */
record Caller(
        Project project,
        String role,
        Set<Right> rights,
        Actor actor,
        @Nullable String csrfToken) {
    Caller {
        rights = Set.copyOf(rights);
    }

    boolean may(Right right) {
        return rights.contains(right);
    }
}

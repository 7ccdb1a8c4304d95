package io.mimic.project;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a person is in a project's dashboard: which of its two passwords they know. */
public enum Role {
    /** Knows the project's password. */
    ADMIN,
    /** Knows its second password, and may watch. */
    VIEWER;

    public Set<Right> rights() {
        return this == ADMIN ? EnumSet.allOf(Right.class) : EnumSet.of(Right.READ);
    }

    /** As the API writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

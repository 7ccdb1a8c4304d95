package io.mimic.metric;

import java.util.Locale;

/** The three stores. */
public enum StoreKind {
    BUFFER,
    ARCHIVE,
    CATALOG;

    /** The store's name in settings, metrics and messages, such as {@code buffer}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

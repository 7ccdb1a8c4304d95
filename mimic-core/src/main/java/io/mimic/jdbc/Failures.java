package io.mimic.jdbc;

import io.mimic.store.StoreException;

/** Knows an engine's errors. */
interface Failures {
    /**
     * One sentence: which database, what it could not do, what is wrong and what to do.
     *
     * @param doing to follow "could not"
     */
    StoreException told(String doing, Throwable cause);

    /** Whether the same transaction may pass when it is tried again at once. */
    default boolean passing(Throwable cause) {
        return false;
    }
}

package io.mimic.jdbc;

/** The few places where the engines differ in what they are told. */
public enum Dialect {
    SQLITE("sqlite", "", "", "LIKE"),
    POSTGRESQL("postgresql", " FOR UPDATE", " FOR UPDATE SKIP LOCKED", "ILIKE");

    private final String folder;
    private final String forUpdate;
    private final String skipLocked;
    private final String like;

    Dialect(String folder, String forUpdate, String skipLocked, String like) {
        this.folder = folder;
        this.forUpdate = forUpdate;
        this.skipLocked = skipLocked;
        this.like = like;
    }

    String folder() {
        return folder;
    }

    /** Ends a SELECT whose row is changed next. */
    public String forUpdate() {
        return forUpdate;
    }

    /** Ends a SELECT that takes only rows which nobody else is changing. */
    public String skipLocked() {
        return skipLocked;
    }

    /** LIKE that takes no notice of case. */
    public String like() {
        return like;
    }
}

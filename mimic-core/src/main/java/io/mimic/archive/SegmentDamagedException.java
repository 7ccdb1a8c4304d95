package io.mimic.archive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An archived segment is missing, cut short or altered. Names the object; other segments are not concerned. */
public final class SegmentDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String object;

    public SegmentDamagedException(String object, @Nullable Throwable cause) {
        super("The archive's object " + object + " is damaged: " + reason(cause), cause);
        this.object = object;
    }

    private static String reason(@Nullable Throwable cause) {
        return cause == null || cause.getMessage() == null ? "it ends too early." : cause.getMessage();
    }

    /** Name of the object in the archive. */
    public String object() {
        return object;
    }
}

package io.mimic.catalog.jdbc;

import io.mimic.catalog.SessionRow;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A place in the list: everything before it, newest first, has been shown or looked at. */
record Cursor(long startedAt, String session) {
    /** @throws IllegalArgumentException when it is not one that {@link #text()} made */
    static Cursor parse(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int colon = plain.indexOf(':');
            String session = plain.substring(colon + 1);
            return new Cursor(
                    Long.parseLong(plain.substring(0, colon)),
                    session.isEmpty() ? "" : UUID.fromString(session).toString());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("\"cursor\" is not one that a list answered.", e);
        }
    }

    /** Where a query begins that has no cursor. */
    static Cursor start(long to) {
        return new Cursor(to == 0 ? Long.MAX_VALUE : to, "");
    }

    static @Nullable Cursor of(@Nullable SessionRow row) {
        return row == null ? null : new Cursor(row.startedAt(), row.id().toString());
    }

    boolean before(Cursor other) {
        return startedAt != other.startedAt ? startedAt < other.startedAt : session.compareTo(other.session) < 0;
    }

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((startedAt + ":" + session).getBytes(StandardCharsets.UTF_8));
    }
}

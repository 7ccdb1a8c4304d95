package io.mimic.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, newest first.
 *
 * @param next cursor of the page after; null at the end. May be there although the page is not full: the search stops after a
 *     bounded time
 * @param scannedTo how far back the search has looked, ms since the epoch; 0 when it has looked through everything
 */
public record SessionPage(List<SessionRow> items, @Nullable String next, long scannedTo) {
    public SessionPage {
        items = List.copyOf(items);
    }
}

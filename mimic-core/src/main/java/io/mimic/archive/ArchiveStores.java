package io.mimic.archive;

import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.ClientRow;
import io.mimic.catalog.SessionCatalog;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Between what the archiver moves.
 *
 * @param clients makes the catalog's columns of the client metadata that the buffer kept
 */
public record ArchiveStores(
        SessionBuffer buffer,
        SessionArchive archive,
        SessionCatalog catalog,
        Function<@Nullable String, ClientRow> clients) {}

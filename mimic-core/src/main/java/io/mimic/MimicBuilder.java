package io.mimic;

import io.mimic.archive.SessionArchive;
import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.SessionCatalog;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Mimic} together. Stores that are given here stay the caller's, who closes them after {@link Mimic#close()}. Not thread-safe. */
public final class MimicBuilder {
    private final MimicConfig config;
    private String context = "";
    private Clock clock = Clock.systemUTC();
    private @Nullable SessionBuffer buffer;
    private @Nullable SessionArchive archive;
    private @Nullable SessionCatalog catalog;

    MimicBuilder(MimicConfig config) {
        this.config = config;
    }

    /** The host's context path, such as {@code /shop}; empty for the root. Webapps that share a data directory differ in it. */
    public MimicBuilder context(String path) {
        this.context = path;
        return this;
    }

    /** What tells the time; the system's clock if not set. Stores that have a clock of their own go by that. */
    public MimicBuilder clock(Clock time) {
        this.clock = time;
        return this;
    }

    /** A buffer in place of the one that {@code mimic.buffer} names. */
    public MimicBuilder buffer(SessionBuffer own) {
        this.buffer = own;
        return this;
    }

    /** An archive in place of the one that {@code mimic.archive} names. */
    public MimicBuilder archive(SessionArchive own) {
        this.archive = own;
        return this;
    }

    /** A catalog in place of the one that {@code mimic.catalog} names. */
    public MimicBuilder catalog(SessionCatalog own) {
        this.catalog = own;
        return this;
    }

    /**
     * Starts in the background and returns at once.
     *
     * @throws ConfigException when settings contradict each other, or a store's driver is not on the class path
     */
    public Mimic start() {
        Path folder = Path.of(config.get(MimicSetting.DATA_DIR)).resolve(folderName(context));
        StoreChoice choice = new StoreChoice(config, folder, buffer, archive, catalog);
        choice.check();
        Mimic mimic = new Mimic(choice, clock);
        mimic.begin();
        return mimic;
    }

    private static String folderName(String context) {
        String name = context.replaceAll("^/+|/+$", "").replace('/', '#').replaceAll("[^A-Za-z0-9._#-]", "_");
        return name.isEmpty() || name.startsWith(".") ? "ROOT" + name.replace('.', '_') : name;
    }
}

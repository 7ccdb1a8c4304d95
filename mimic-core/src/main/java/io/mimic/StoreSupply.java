package io.mimic;

import io.mimic.MimicSetting.ArchiveKind;
import io.mimic.MimicSetting.BufferKind;
import io.mimic.MimicSetting.CatalogKind;
import io.mimic.archive.s3.S3SessionArchive;
import io.mimic.buffer.jdbc.JdbcSessionBuffer;
import io.mimic.buffer.redis.RedisSessionBuffer;
import io.mimic.buffer.redis.RedisSettings;
import io.mimic.catalog.jdbc.JdbcSessionCatalog;
import io.mimic.embedded.EmbeddedStores;
import io.mimic.jdbc.PostgresqlDatabase;
import io.mimic.jdbc.PostgresqlSettings;
import io.mimic.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the stores that a choice names, each as soon as it can be, and closes what it opened. For one thread. */
final class StoreSupply {
    private static final Logger LOG = System.getLogger(StoreSupply.class.getName());

    private final StoreChoice choice;
    private final Stores stores;
    private final Clock clock;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    StoreSupply(StoreChoice choice, Stores stores, Clock clock) {
        this.choice = choice;
        this.stores = stores;
        this.clock = clock;
    }

    /**
     * Tries every store that is not open yet, also after one has failed. The archive in S3 comes last, since recording can begin without it.
     *
     * @param afterEach called after each attempt that did not fail
     * @throws StoreException when one failed
     * @throws IllegalStateException when {@code afterEach} did
     */
    void open(Runnable afterEach) {
        RuntimeException first = null;
        for (Runnable attempt : List.<Runnable>of(
                this::openOwn, this::openEmbedded, this::openPostgresql, this::openRedis, this::openS3)) {
            try {
                attempt.run();
                afterEach.run();
            } catch (StoreException | IllegalStateException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Closes what was opened, the last first. */
    void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "A store could not be closed cleanly.", e);
            }
        }
    }

    private void openOwn() {
        open(stores.buffer(), choice.buffer());
        open(stores.archive(), choice.archive());
        open(stores.catalog(), choice.catalog());
    }

    private static <T> void open(Deferred<T> deferred, @Nullable T own) {
        if (own != null) {
            deferred.open(own);
        }
    }

    private void openEmbedded() {
        boolean buffer = choice.embeddedBuffer() && !stores.buffer().isOpen();
        boolean archive = choice.embeddedArchive() && !stores.archive().isOpen();
        boolean catalog = choice.embeddedCatalog() && !stores.catalog().isOpen();
        if (!buffer && !archive && !catalog) {
            return;
        }
        EmbeddedStores embedded = keep(EmbeddedStores.open(choice.folder(), choice.bounds(), clock));
        if (buffer) {
            stores.buffer().open(embedded.buffer());
        }
        if (archive) {
            stores.archive().open(embedded.archive());
        }
        if (catalog) {
            stores.catalog().open(embedded.catalog());
        }
    }

    private void openPostgresql() {
        boolean buffer =
                choice.bufferIs(BufferKind.POSTGRESQL) && !stores.buffer().isOpen();
        boolean catalog =
                choice.catalogIs(CatalogKind.POSTGRESQL) && !stores.catalog().isOpen();
        if (!buffer && !catalog) {
            return;
        }
        PostgresqlDatabase database = keep(PostgresqlDatabase.open(postgresql(choice.config())));
        if (buffer) {
            stores.buffer().open(new JdbcSessionBuffer(database, choice.bounds()));
        }
        if (catalog) {
            stores.catalog().open(new JdbcSessionCatalog(database, clock));
        }
    }

    private static PostgresqlSettings postgresql(MimicConfig config) {
        return new PostgresqlSettings(
                config.get(MimicSetting.POSTGRESQL_URL),
                config.get(MimicSetting.POSTGRESQL_USER),
                config.get(MimicSetting.POSTGRESQL_PASSWORD),
                config.get(MimicSetting.POSTGRESQL_SCHEMA),
                config.get(MimicSetting.POSTGRESQL_CONNECTIONS),
                config.get(MimicSetting.POSTGRESQL_MIGRATE));
    }

    private void openRedis() {
        if (choice.bufferIs(BufferKind.REDIS) && !stores.buffer().isOpen()) {
            stores.buffer().open(keep(RedisSessionBuffer.open(redis(choice.config()), choice.bounds())));
        }
    }

    private static RedisSettings redis(MimicConfig config) {
        return new RedisSettings(
                RedisSettings.Mode.valueOf(config.get(MimicSetting.REDIS_MODE).name()),
                config.get(MimicSetting.REDIS_NODES),
                config.get(MimicSetting.REDIS_SENTINEL_MASTER),
                config.get(MimicSetting.REDIS_USER),
                config.get(MimicSetting.REDIS_PASSWORD),
                config.get(MimicSetting.REDIS_SENTINEL_PASSWORD),
                config.get(MimicSetting.REDIS_TLS),
                config.get(MimicSetting.REDIS_PREFIX),
                config.get(MimicSetting.REDIS_CONNECTIONS),
                config.get(MimicSetting.REDIS_MAX_BYTES),
                config.get(MimicSetting.REDIS_WAIT_REPLICAS),
                config.get(MimicSetting.REDIS_WAIT_AOF));
    }

    private void openS3() {
        if (choice.archiveIs(ArchiveKind.S3) && !stores.archive().isOpen()) {
            stores.archive().open(keep(S3SessionArchive.open(S3Choice.settings(choice.config()))));
        }
    }

    private <T extends AutoCloseable> T keep(T store) {
        opened.push(store);
        return store;
    }
}

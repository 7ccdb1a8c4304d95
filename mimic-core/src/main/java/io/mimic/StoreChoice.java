package io.mimic;

import io.mimic.MimicSetting.ArchiveKind;
import io.mimic.MimicSetting.BufferKind;
import io.mimic.MimicSetting.CatalogKind;
import io.mimic.archive.SessionArchive;
import io.mimic.archive.WorkFolder;
import io.mimic.buffer.SessionBounds;
import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.SessionCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which stores a configuration asks for.
 *
 * @param config the settings
 * @param folder the embedded stores' folder
 * @param buffer the caller's own; null: as configured
 * @param archive the caller's own; null: as configured
 * @param catalog the caller's own; null: as configured
 */
record StoreChoice(
        MimicConfig config,
        Path folder,
        @Nullable SessionBuffer buffer,
        @Nullable SessionArchive archive,
        @Nullable SessionCatalog catalog) {
    private static final long PARTIAL_BYTES = 8L << 20;
    private static final Duration PARTIAL_AGE = Duration.ofMinutes(15);

    boolean embeddedBuffer() {
        return bufferIs(BufferKind.EMBEDDED);
    }

    boolean embeddedArchive() {
        return archiveIs(ArchiveKind.FILE);
    }

    boolean embeddedCatalog() {
        return catalogIs(CatalogKind.EMBEDDED);
    }

    boolean bufferIs(BufferKind kind) {
        return buffer == null && config.get(MimicSetting.BUFFER) == kind;
    }

    boolean archiveIs(ArchiveKind kind) {
        return archive == null && config.get(MimicSetting.ARCHIVE) == kind;
    }

    boolean catalogIs(CatalogKind kind) {
        return catalog == null && config.get(MimicSetting.CATALOG) == kind;
    }

    boolean needsFolder() {
        return embeddedBuffer() || embeddedArchive() || embeddedCatalog();
    }

    /** @throws ConfigException when nodes would share one store and not know each other's part of another, a driver is missing, or S3 lacks a setting */
    void check() {
        checkNodes();
        Drivers.check(this);
        if (archiveIs(ArchiveKind.S3)) {
            S3Choice.check(config);
        }
    }

    private void checkNodes() {
        if (config.get(MimicSetting.SINGLE_NODE)) {
            return;
        }
        boolean sharedBuffer = config.get(MimicSetting.BUFFER) != BufferKind.EMBEDDED;
        boolean sharedArchive = config.get(MimicSetting.ARCHIVE) != ArchiveKind.FILE;
        if (embeddedCatalog() && (sharedBuffer || sharedArchive)) {
            throw contradiction(
                    sharedBuffer ? told(MimicSetting.BUFFER) : told(MimicSetting.ARCHIVE),
                    told(MimicSetting.CATALOG),
                    "mimic.catalog=postgresql");
        }
        if (embeddedArchive() && sharedBuffer) {
            throw contradiction(told(MimicSetting.BUFFER), told(MimicSetting.ARCHIVE), "mimic.archive=s3");
        }
    }

    private <E extends Enum<E>> String told(MimicSetting<E> setting) {
        return setting.key() + "=" + config.get(setting).name().toLowerCase(Locale.ROOT);
    }

    private static ConfigException contradiction(String shared, String embedded, String right) {
        return new ConfigException(
                shared + " is shared by several nodes, but " + embedded + " belongs to one of them. Set " + right
                        + ", or mimic.single-node=true when there is one node only.",
                null);
    }

    /** When sessions end, and when they are archived. */
    SessionBounds bounds() {
        return new SessionBounds(
                config.get(MimicSetting.SESSION_TIMEOUT),
                config.get(MimicSetting.SESSION_GRACE),
                config.get(MimicSetting.SESSION_RESUME),
                config.get(MimicSetting.SESSION_MAX_DURATION),
                PARTIAL_BYTES,
                PARTIAL_AGE,
                config.get(MimicSetting.ARCHIVE_LEASE));
    }

    /** Temporary files lie beside the embedded stores, on the same disk and under the same lock, if there are any. */
    WorkFolder workFolder() {
        return new WorkFolder(
                needsFolder()
                        ? folder.resolve("work")
                        : Path.of(System.getProperty("java.io.tmpdir"), "mimic-" + UUID.randomUUID()));
    }
}

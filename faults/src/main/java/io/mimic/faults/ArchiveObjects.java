package io.mimic.faults;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.archive.SessionArchive;
import io.mimic.archive.s3.S3SessionArchive;
import io.mimic.archive.s3.S3Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The archive's objects beside the catalog's rows, and the sweep that leaves none without the other. */
final class ArchiveObjects {
    private static final Duration LATER = Duration.ofHours(2);

    private ArchiveObjects() {}

    private static S3SessionArchive open(Stage stage) {
        return S3SessionArchive.open(new S3Settings(
                stage.s3().endpoint(),
                "",
                Stage.BUCKET,
                "",
                S3Settings.Style.PATH,
                false,
                S3Settings.Credentials.STATIC,
                stage.s3().accessKey(),
                stage.s3().secretKey(),
                S3Settings.Encryption.NONE,
                "",
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                3));
    }

    /** Names of objects that no segment's row has. */
    static Set<String> orphans(Stage stage) throws Exception {
        try (S3SessionArchive archive = open(stage)) {
            return orphans(stage, archive);
        }
    }

    private static Set<String> orphans(Stage stage, SessionArchive archive) throws Exception {
        Set<String> rows = Sql.texts(stage, "SELECT object FROM mimic_segment");
        Set<String> names = new TreeSet<>();
        archive.list("", object -> names.add(object.name()));
        Set<String> orphans = new TreeSet<>(names);
        orphans.removeAll(rows);
        rows.removeAll(names);
        if (!rows.isEmpty()) {
            throw new FaultException("the archive has no object " + rows + ", which a segment's row names");
        }
        return orphans;
    }

    /**
     * Lets another node sweep whose clock is two hours on, and lays an orphan out for it, to see that it does.
     *
     * @return how many orphans the case had left
     */
    static int sweep(Stage stage) throws Exception {
        try (S3SessionArchive archive = open(stage)) {
            int left = orphans(stage, archive).size();
            Path bait = Files.writeString(stage.folder().resolve("bait"), "nobody's");
            archive.put(Stage.PROJECT + "/2026/01/01/" + UUID.randomUUID() + "/1-bait.gz", bait);
            MimicConfig config = MimicConfig.from(stage.settings()::get);
            try (Mimic later = Mimic.builder(config)
                    .clock(new MovableClock(LATER.toMillis()))
                    .start()) {
                Wait.until(
                        "the sweep removes every orphan (" + later.health().reason() + ")",
                        Duration.ofSeconds(40),
                        () -> orphans(stage, archive).isEmpty());
            }
            return left;
        }
    }
}

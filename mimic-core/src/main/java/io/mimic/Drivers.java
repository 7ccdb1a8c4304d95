package io.mimic;

import io.mimic.MimicSetting.ArchiveKind;
import io.mimic.MimicSetting.BufferKind;
import io.mimic.MimicSetting.CatalogKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The libraries that only some stores need, which is why MIMIC does not bring them. */
final class Drivers {
    private static final Map<String, String> POSTGRESQL = Map.of(
            "org.postgresql:postgresql", "org.postgresql.Driver",
            "com.zaxxer:HikariCP", "com.zaxxer.hikari.HikariDataSource");
    private static final Map<String, String> REDIS = Map.of("redis.clients:jedis", "redis.clients.jedis.Connection");
    private static final Map<String, String> S3 = Map.of(
            "io.minio:minio", "io.minio.MinioClient",
            "com.squareup.okhttp3:okhttp-jvm", "okhttp3.OkHttpClient");

    private Drivers() {}

    /** @throws ConfigException with the coordinates to add when a store's library is not on the class path */
    static void check(StoreChoice choice) {
        if (choice.bufferIs(BufferKind.POSTGRESQL)) {
            require("mimic.buffer=postgresql", POSTGRESQL);
        }
        if (choice.catalogIs(CatalogKind.POSTGRESQL)) {
            require("mimic.catalog=postgresql", POSTGRESQL);
        }
        if (choice.bufferIs(BufferKind.REDIS)) {
            require("mimic.buffer=redis", REDIS);
        }
        if (choice.archiveIs(ArchiveKind.S3)) {
            require("mimic.archive=s3", S3);
        }
    }

    private static void require(String setting, Map<String, String> classes) {
        List<String> missing = new ArrayList<>();
        classes.forEach((coordinates, className) -> {
            if (!isThere(className)) {
                missing.add(coordinates + ":" + Versions.of(coordinates));
            }
        });
        if (!missing.isEmpty()) {
            missing.sort(null);
            throw new ConfigException(
                    setting + " needs " + String.join(" and ", missing)
                            + " on the class path, which MIMIC does not bring: add it as a dependency.",
                    null);
        }
    }

    private static boolean isThere(String className) {
        try {
            Class.forName(className, false, Drivers.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}

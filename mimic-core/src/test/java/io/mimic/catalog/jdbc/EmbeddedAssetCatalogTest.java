package io.mimic.catalog.jdbc;

import io.mimic.catalog.AssetCatalogContract;
import io.mimic.catalog.SessionCatalog;
import io.mimic.jdbc.SqliteDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedAssetCatalogTest extends AssetCatalogContract {
    @TempDir
    Path folder;

    private final List<SqliteDatabase> databases = new ArrayList<>();

    @Override
    protected SessionCatalog open() {
        databases.add(SqliteDatabase.open(folder.resolve("catalog-" + databases.size() + ".db"), Clock.systemUTC()));
        return new JdbcSessionCatalog(databases.get(databases.size() - 1), Clock.systemUTC());
    }

    @AfterEach
    void closeDatabases() {
        databases.forEach(SqliteDatabase::close);
    }
}

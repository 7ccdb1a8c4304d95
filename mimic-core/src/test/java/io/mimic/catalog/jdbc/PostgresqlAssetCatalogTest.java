package io.mimic.catalog.jdbc;

import io.mimic.catalog.AssetCatalogContract;
import io.mimic.catalog.SessionCatalog;
import io.mimic.jdbc.ShiftedPostgresql;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("servers")
class PostgresqlAssetCatalogTest extends AssetCatalogContract {
    private final List<ShiftedPostgresql> opened = new ArrayList<>();

    @Override
    protected SessionCatalog open() throws Exception {
        ShiftedPostgresql database = ShiftedPostgresql.empty("mimic_assets");
        opened.add(database);
        return new JdbcSessionCatalog(database.node(), Clock.systemUTC());
    }

    @AfterEach
    void closeDatabases() {
        opened.forEach(ShiftedPostgresql::close);
    }
}

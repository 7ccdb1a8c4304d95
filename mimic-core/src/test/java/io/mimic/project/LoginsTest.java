package io.mimic.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.SettableClock;
import io.mimic.catalog.ProjectRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.jdbc.JdbcSessionCatalog;
import io.mimic.jdbc.SqliteDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginsTest {
    private static final Project SHOP = new Project("p1", "shop");
    private static final Login ADMIN = new Login(SHOP, Role.ADMIN);
    private static final Login VIEWER = new Login(SHOP, Role.VIEWER);

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-11-24T10:00:00Z");
    private SqliteDatabase database;
    private SessionCatalog catalog;
    private Logins logins;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("catalog.db"), clock);
        catalog = new JdbcSessionCatalog(database, clock);
        catalog.insertProject(new ProjectRow("p1", "shop", "hash", clock.millis()));
        logins = logins();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aTokenAloneFindsItsProjectOnEveryNode() {
        String token = logins.begin(ADMIN);

        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(logins.find(token)).contains(ADMIN);
        assertThat(logins().find(token)).contains(ADMIN);
        assertThat(logins.begin(ADMIN)).isNotEqualTo(token);
    }

    @Test
    void whatIsNoTokenFindsNothing() {
        String token = logins.begin(ADMIN);

        for (String forged : new String[] {
            "", "x", token + "x", token.substring(1) + "A", token.toUpperCase(Locale.ROOT), "'; --", "\0"
        }) {
            assertThat(logins.find(forged)).isEmpty();
            logins.end(forged);
        }
        assertThat(logins.find(token)).contains(ADMIN);
    }

    @Test
    void endingOneLoginEndsNoOther() {
        String one = logins.begin(ADMIN);
        String other = logins.begin(ADMIN);

        logins.end(one);

        assertThat(logins().find(one)).isEmpty();
        assertThat(logins().find(other)).contains(ADMIN);
    }

    @Test
    void usingALoginKeepsItUntilTheLongestTime() {
        String token = logins.begin(ADMIN);
        for (int hour = 1; hour < 12; hour++) {
            clock.advance(Duration.ofHours(1));
            assertThat(logins.find(token)).contains(ADMIN);
        }
        clock.advance(Duration.ofHours(1));

        assertThat(logins.find(token)).isEmpty();
    }

    @Test
    void anUnusedLoginExpires() {
        String token = logins.begin(ADMIN);
        clock.advance(Logins.IDLE);

        assertThat(logins.find(token)).isEmpty();
    }

    @Test
    void anotherPasswordEndsEveryLogin() {
        String token = logins.begin(ADMIN);

        catalog.setPasswordHash("p1", "another");

        assertThat(logins.find(token)).isEmpty();
    }

    @Test
    void aViewersLoginEndsWithEitherPassword() {
        assertThat(logins.find(logins.begin(VIEWER))).isEmpty();
        catalog.access().setViewerHash("p1", "second");
        String first = logins.begin(VIEWER);
        String admin = logins.begin(ADMIN);
        assertThat(logins.find(first)).contains(VIEWER);

        catalog.access().setViewerHash("p1", "other");

        assertThat(logins.find(first)).isEmpty();
        assertThat(logins.find(admin)).contains(ADMIN);

        String second = logins.begin(VIEWER);
        catalog.setPasswordHash("p1", "another");

        assertThat(logins.find(second)).isEmpty();
    }

    @Test
    void aCsrfTokenBelongsToItsLoginAlone() {
        String one = logins.begin(ADMIN);
        String other = logins.begin(ADMIN);

        assertThat(Logins.csrfToken(one)).isEqualTo(Logins.csrfToken(one)).isNotEqualTo(Logins.csrfToken(other));
        assertThat(logins.find(Logins.csrfToken(one))).isEmpty();
    }

    private Logins logins() {
        Projects projects = Projects.open(new ProjectSettings("shop", "", "", "", false, ""), catalog, clock);
        return new Logins(catalog, projects, clock);
    }
}

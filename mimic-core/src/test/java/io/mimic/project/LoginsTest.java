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
        String token = begin(ADMIN, "hash");

        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(logins.find(token)).contains(ADMIN);
        assertThat(logins().find(token)).contains(ADMIN);
        assertThat(begin(ADMIN, "hash")).isNotEqualTo(token);
    }

    @Test
    void whatIsNoTokenFindsNothing() {
        String token = begin(ADMIN, "hash");

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
        String one = begin(ADMIN, "hash");
        String other = begin(ADMIN, "hash");

        logins.end(one);

        assertThat(logins().find(one)).isEmpty();
        assertThat(logins().find(other)).contains(ADMIN);
    }

    @Test
    void usingALoginKeepsItUntilTheLongestTime() {
        String token = begin(ADMIN, "hash");
        for (int hour = 1; hour < 12; hour++) {
            clock.advance(Duration.ofHours(1));
            assertThat(logins.find(token)).contains(ADMIN);
        }
        clock.advance(Duration.ofHours(1));

        assertThat(logins.find(token)).isEmpty();
    }

    @Test
    void anUnusedLoginExpires() {
        String token = begin(ADMIN, "hash");
        clock.advance(Logins.IDLE);

        assertThat(logins.find(token)).isEmpty();
    }

    @Test
    void anotherPasswordEndsEveryLogin() {
        String token = begin(ADMIN, "hash");

        catalog.setPasswordHash("p1", "another");

        assertThat(logins.find(token)).isEmpty();
    }

    @Test
    void aViewersLoginEndsWithEitherPassword() {
        assertThat(logins.begin(new GivenPassword(VIEWER, "second"))).isEmpty();
        catalog.access().setViewerHash("p1", "second");
        String first = begin(VIEWER, "second");
        String admin = begin(ADMIN, "hash");
        assertThat(logins.find(first)).contains(VIEWER);

        catalog.access().setViewerHash("p1", "other");

        assertThat(logins.find(first)).isEmpty();
        assertThat(logins.find(admin)).contains(ADMIN);

        String second = begin(VIEWER, "other");
        catalog.setPasswordHash("p1", "another");

        assertThat(logins.find(second)).isEmpty();
    }

    @Test
    void aPasswordThatWasChangedWhileItWasCheckedBeginsNoLogin() {
        catalog.access().setViewerHash("p1", "second");
        GivenPassword ofAdmin = new GivenPassword(ADMIN, "hash");
        GivenPassword ofViewer = new GivenPassword(VIEWER, "second");
        catalog.setPasswordHash("p1", "another");
        catalog.access().setViewerHash("p1", "another");

        assertThat(logins.begin(ofAdmin)).isEmpty();
        assertThat(logins.begin(ofViewer)).isEmpty();
    }

    @Test
    void aCsrfTokenBelongsToItsLoginAlone() {
        String one = begin(ADMIN, "hash");
        String other = begin(ADMIN, "hash");

        assertThat(Logins.csrfToken(one)).isEqualTo(Logins.csrfToken(one)).isNotEqualTo(Logins.csrfToken(other));
        assertThat(logins.find(Logins.csrfToken(one))).isEmpty();
    }

    private String begin(Login login, String hash) {
        return logins.begin(new GivenPassword(login, hash)).orElseThrow();
    }

    private Logins logins() {
        Projects projects = Projects.open(new ProjectSettings("shop", "", "", "", false, ""), catalog, clock);
        return new Logins(catalog, projects, clock);
    }
}

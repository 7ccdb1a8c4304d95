package io.mimic.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.mimic.SettableClock;
import io.mimic.catalog.AccessQuery;
import io.mimic.catalog.AccessRow;
import io.mimic.catalog.SessionCatalog;
import io.mimic.catalog.jdbc.JdbcSessionCatalog;
import io.mimic.jdbc.SqliteDatabase;
import io.mimic.privacy.AddressRule;
import io.mimic.project.RegistrationException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    private static final String PASSWORD = "kettle and 7 cups";
    private static final Actor BOSS = new Actor(Actor.Kind.ADMIN, null, "192.0.2.1");

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-11-24T10:00:00Z");
    private SqliteDatabase database;
    private SessionCatalog catalog;
    private Projects projects;
    private ProjectChanges changes;
    private AccessLog log;
    private String own;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("catalog.db"), clock);
        catalog = new JdbcSessionCatalog(database, clock);
        projects = projects("");
        own = projects.own().orElseThrow().id();
        changes = new ProjectChanges(projects, catalog, clock);
        log = log(AddressRule.Kept.FULL);
    }

    private AccessLog log(AddressRule.Kept kept) {
        return new AccessLog(catalog, projects, AddressRule.of(kept), Duration.ofDays(365), clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Nested
    class Tokens {
        private final Duration week = Duration.ofDays(7);

        private ApiTokens tokens() {
            return new ApiTokens(catalog, clock);
        }

        @Test
        void aTokenIsFoundOnEveryNodeUntilItsTimeIsOver() {
            ApiTokens.Made made = tokens().make(own, "nightly", Set.of(Right.READ, Right.EXPORT), "admin", week)
                    .orElseThrow();

            assertThat(made.secret()).matches("mimic_[A-Za-z0-9_-]{43}");
            assertThat(tokens().find(made.secret()).orElseThrow().rights())
                    .containsExactlyInAnyOrder(Right.READ, Right.EXPORT);
            clock.advance(week);
            assertThat(tokens().find(made.secret())).isEmpty();
            assertThat(tokens().list(own)).hasSize(1);
        }

        @Test
        void theCatalogKeepsAHashAlone() throws Exception {
            ApiTokens.Made made = tokens().make(own, "nightly", Set.of(Right.READ), "admin", week)
                    .orElseThrow();
            database.close();

            String secret = made.secret().substring(ApiTokens.PREFIX.length());
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(secret);
                }
            }
        }

        @Test
        void aRevokedOrForgedTokenFindsNothing() {
            ApiTokens.Made made = tokens().make(own, "nightly", Set.of(Right.READ), "admin", week)
                    .orElseThrow();

            assertThat(tokens().revoke("p_other", made.token().id())).isFalse();
            assertThat(tokens().find(made.secret())).isPresent();
            assertThat(tokens().revoke(own, made.token().id())).isTrue();
            assertThat(tokens().find(made.secret())).isEmpty();
            for (String forged :
                    List.of("", "mimic_", made.secret() + "A", made.secret().substring(6), "'; --")) {
                assertThat(tokens().find(forged)).isEmpty();
            }
        }

        @Test
        void itsLastUseIsToldToTheMinute() {
            ApiTokens.Made made = tokens().make(own, "nightly", Set.of(Right.READ), "admin", week)
                    .orElseThrow();
            assertThat(tokens().list(own).get(0).usedAt()).isZero();
            long first = clock.millis();
            tokens().find(made.secret());
            clock.advance(Duration.ofSeconds(30));
            tokens().find(made.secret());
            assertThat(tokens().list(own).get(0).usedAt()).isEqualTo(first);
            clock.advance(Duration.ofMinutes(1));
            tokens().find(made.secret());
            assertThat(tokens().list(own).get(0).usedAt()).isEqualTo(clock.millis());
        }

        @Test
        void aProjectHasABoundedNumber() {
            for (int i = 0; i < ApiTokens.MOST; i++) {
                assertThat(tokens().make(own, "n" + i, Set.of(Right.READ), "admin", week))
                        .isPresent();
            }
            assertThat(tokens().make(own, "one more", Set.of(Right.READ), "admin", week))
                    .isEmpty();
            assertThatThrownBy(() -> tokens().make(own, "x", Set.of(), "admin", week))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tokens().make(own, "x", Set.of(Right.READ), "admin", Duration.ofDays(367)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Log {
        @Test
        void lookingAgainSoonIsNotToldAgain() {
            log.writeSeldom(own, BOSS, Access.VIEW, "s1");
            log.writeSeldom(own, BOSS, Access.VIEW, "s1");
            log.writeSeldom(own, BOSS, Access.VIEW, "s2");
            log.writeSeldom(own, new Actor(Actor.Kind.TOKEN, "nightly", "192.0.2.1"), Access.VIEW, "s1");
            assertThat(lines()).hasSize(3);
            clock.advance(AccessLog.SELDOM);
            log.writeSeldom(own, BOSS, Access.VIEW, "s1");
            assertThat(lines()).hasSize(4);
            log.writeSeldom(own, BOSS, Access.LIST, null);
            log.writeSeldom(own, BOSS, Access.LIST, null);
            assertThat(lines()).hasSize(5).extracting(AccessRow::target).containsNull();
        }

        @Test
        void refusedLoginsAreToldInSumsAndOfExistingProjectsAlone() throws Exception {
            for (int i = 0; i < 3; i++) {
                projects.login("default", "guess", "192.0.2.66");
            }
            projects.login("default", "guess", "192.0.2.67");
            projects.login("absent", "guess", "192.0.2.66");

            assertThat(lines())
                    .extracting(AccessRow::kind, AccessRow::action, AccessRow::address, AccessRow::outcome)
                    .containsExactlyInAnyOrder(
                            tuple("nobody", "login-refused", "192.0.2.66", "3 times"),
                            tuple("nobody", "login-refused", "192.0.2.67", "once"));
        }

        @Test
        void linesAreRemovedAfterTheirTime() {
            log.write(own, BOSS, Access.ERASE, "s1");
            clock.advance(Duration.ofDays(364));
            log.write(own, BOSS, Access.ERASE, "s2");
            clock.advance(Duration.ofDays(2));
            log.keep();
            assertThat(lines()).extracting(AccessRow::target).containsExactly("s2");

            AccessLog forEver =
                    new AccessLog(catalog, projects, AddressRule.of(AddressRule.Kept.FULL), Duration.ZERO, clock);
            clock.advance(Duration.ofDays(4_000));
            forEver.keep();
            assertThat(lines()).hasSize(1);
        }

        @Test
        void whoIsErasedIsNotNamed() {
            assertThat(log.pseudonym("ada@example.org"))
                    .isEqualTo(log(AddressRule.Kept.FULL).pseudonym("ada@example.org"))
                    .isNotEqualTo(log.pseudonym("bob@example.org"))
                    .matches("hmac:[0-9a-f]{16}");
            assertThat(log.pseudonym(" ::FFFF:192.0.2.7")).isEqualTo(log.pseudonym("192.0.2.7"));
        }

        @Test
        void whoIsErasedIsNotFoundByTryingAllThatItCouldBe() {
            String address = "192.0.2.7";
            String shown = log.pseudonym(address).replaceAll(".*:", "");
            String key = catalog.setting("access-log.key").orElseThrow();

            assertThat(Secrets.hash(address)).doesNotStartWith(shown);
            assertThat(Secrets.hash(key, address)).startsWith(shown);
        }

        @Test
        void addressesAreKeptAsThoseOfVisitorsAre() throws Exception {
            projects.login("default", "guess", "192.0.2.66");
            log(AddressRule.Kept.CUT).keep();
            log(AddressRule.Kept.NONE).write(own, BOSS, Access.LOGIN, null);

            assertThat(lines())
                    .extracting(AccessRow::action, AccessRow::address)
                    .containsExactlyInAnyOrder(tuple("login-refused", "192.0.2.0"), tuple("login", null));
        }

        private List<AccessRow> lines() {
            return log.find(new AccessQuery(own, null, null, Long.MAX_VALUE, "", 100));
        }
    }

    @Nested
    class Changes {
        @Test
        void aProjectIsMadeRenamedAndGivenOtherPasswords() throws Exception {
            ProjectChanges.Made made = changes.make("kiosk", null);
            String id = made.project().id();
            assertThat(made.password()).hasSize(20);
            assertThat(login("kiosk", made.password())).isEqualTo(Role.ADMIN);

            changes.rename(id, "Kiosk Oslo");
            changes.setPassword(id, PASSWORD + "!");
            changes.setViewerPassword(id, "only for watching");

            assertThat(projects.byId(id).orElseThrow().name()).isEqualTo("Kiosk Oslo");
            assertThat(login("Kiosk Oslo", PASSWORD + "!")).isEqualTo(Role.ADMIN);
            assertThat(login("Kiosk Oslo", "only for watching")).isEqualTo(Role.VIEWER);
            assertThat(changes.list())
                    .extracting(known -> known.project().name(), ProjectChanges.Known::viewer)
                    .containsExactly(tuple("Kiosk Oslo", true), tuple("default", false));
            changes.setViewerPassword(id, null);
            assertThat(changes.list().get(0).viewer()).isFalse();
        }

        @Test
        void whatIsWrongIsRefusedWithItsReason() throws Exception {
            String id = changes.make("kiosk", PASSWORD).project().id();

            assertThat(reason(() -> changes.make("default", null))).isEqualTo(Reason.NAME_TAKEN);
            assertThat(reason(() -> changes.make(" x", null))).isEqualTo(Reason.MALFORMED);
            assertThat(reason(() -> changes.make("x", "short"))).isEqualTo(Reason.MALFORMED);
            assertThat(reason(() -> changes.rename(id, "default"))).isEqualTo(Reason.NAME_TAKEN);
            assertThat(reason(() -> changes.rename("nothing", "n"))).isEqualTo(Reason.UNKNOWN);
            assertThat(reason(() -> changes.setPassword(id, "kiosk"))).isEqualTo(Reason.MALFORMED);
            assertThat(reason(() -> changes.setViewerPassword(id, PASSWORD))).isEqualTo(Reason.MALFORMED);
        }

        @Test
        void whatASettingDecidesIsNotChangedHere() {
            assertThat(reason(() -> changes.rename(own, "other"))).isEqualTo(Reason.CONFIGURED);
            assertThat(reason(() -> changes.remove(own))).isEqualTo(Reason.CONFIGURED);
            Projects configured = projects(PASSWORD);
            ProjectChanges there = new ProjectChanges(configured, catalog, clock);
            assertThat(reason(() -> there.setPassword(own, "another good one"))).isEqualTo(Reason.CONFIGURED);
        }

        @Test
        void anEndedProjectTakesNoLoginAndItsNameIsFree() throws Exception {
            String id = changes.make("kiosk", PASSWORD).project().id();
            assertThat(projects.byId(id)).isPresent();

            changes.remove(id);

            assertThat(projects.byId(id)).isEmpty();
            assertThat(projects.login("kiosk", PASSWORD, "192.0.2.1")).isEmpty();
            assertThat(changes.removals()).hasSize(1);
            assertThat(reason(() -> changes.remove(id))).isEqualTo(Reason.UNKNOWN);
            assertThat(changes.make("kiosk", null).project().id()).isNotEqualTo(id);
        }

        private Role login(String name, String password) throws Exception {
            return projects.login(name, password, "192.0.2.1")
                    .orElseThrow()
                    .login()
                    .role();
        }
    }

    private static Reason reason(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(call);
        assertThat(thrown).isInstanceOf(RegistrationException.class);
        return ((RegistrationException) thrown).reason();
    }

    private Projects projects(String password) {
        Projects opened = Projects.open(
                new ProjectSettings("default", "", password, "", false, ""), catalog, clock, () -> new Passwords(4));
        opened.load();
        return opened;
    }
}

package io.mimic.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.mimic.MemoryCatalog;
import io.mimic.SettableClock;
import io.mimic.catalog.ProjectRow;
import io.mimic.project.RegistrationException.Reason;
import io.mimic.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectsTest {
    private static final String STRONG = "correct horse battery";

    private final MemoryCatalog catalog = new MemoryCatalog();
    private final SettableClock clock = SettableClock.at("2026-11-25T10:00:00Z");
    private final List<String> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger(Projects.class.getName()).addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger(Projects.class.getName()).removeHandler(handler);
    }

    @Test
    void generatedPasswordIsLoggedOnceByTheNodeThatMadeTheProject() throws Exception {
        Projects first = loaded("", "");
        Projects second = loaded("", "");

        assertThat(logged).hasSize(1);
        assertThat(logged.get(0)).contains("\"default\"");
        String password = logged.get(0).replaceAll(".*password is (\\S+) .*", "$1");
        assertThat(password).hasSize(20);
        assertThat(second.login("default", password, "192.0.2.1").map(GivenPassword::login))
                .isEqualTo(first.own().map(own -> new Login(own, Role.ADMIN)));
        assertThat(catalog.projects.values().toString()).doesNotContain(password);
    }

    @Test
    void nothingIsKnownBeforeTheCatalogWasRead() {
        catalog.down = true;
        Projects projects = open("", "");

        assertThatThrownBy(projects::load).isInstanceOf(StoreException.class);
        assertThat(projects.own()).isEmpty();

        catalog.down = false;
        projects.load();
        assertThat(projects.own()).isPresent();
    }

    @Test
    void configuredPasswordReplacesTheOneBefore() throws Exception {
        loaded("", "first password");
        Projects projects = loaded("", "second password");

        assertThat(projects.login("default", "first password", "192.0.2.1")).isEmpty();
        assertThat(projects.login("default", "second password", "192.0.2.1")).isPresent();
        assertThat(String.join("\n", logged)).doesNotContain("first password", "second password");
    }

    @Test
    void configuredIdIsTheProjectsIdThoughItsNameIsTakenByAnother() {
        loaded("", "");

        Projects projects = loaded("instrumented", "");

        assertThat(projects.own()).contains(new Project("instrumented", "default-instrumented"));
    }

    @Test
    void longPasswordsCountToTheirLastCharacter() throws Exception {
        String prefix = "x".repeat(100);
        Projects projects = loaded("", prefix + "a");

        assertThat(projects.login("default", prefix + "b", "192.0.2.1")).isEmpty();
        assertThat(projects.login("default", prefix + "a", "192.0.2.1")).isPresent();
    }

    @Test
    void guessingIsSlowedDownForThatAddressAndProject() throws Exception {
        Projects projects = loaded("", STRONG);
        for (int i = 0; i < 5; i++) {
            assertThat(projects.login("default", "guess " + i, "192.0.2.66")).isEmpty();
        }

        assertThatThrownBy(() -> projects.login("default", STRONG, "192.0.2.66"))
                .isInstanceOfSatisfying(
                        LoginThrottledException.class,
                        e -> assertThat(e.retryAfterSeconds()).isBetween(1L, 300L));
        assertThat(projects.login("default", STRONG, "192.0.2.1")).isPresent();

        clock.advance(Duration.ofMinutes(5));
        assertThat(projects.login("default", STRONG, "192.0.2.66")).isPresent();
    }

    @Test
    void ownerLogsInWhileManyAddressesGuess() throws Exception {
        String mark = mark(loaded("", STRONG), Role.ADMIN);
        Projects restarted = loaded("", STRONG);
        for (int i = 0; i < 100; i++) {
            restarted.login("default", "guess", "198.51.100." + i);
        }
        for (int i = 0; i < 5; i++) {
            guessOrWait(restarted, "192.0.2.1");
        }

        assertThat(restarted.login("default", STRONG, "192.0.2.1", mark))
                .as("from an address that others guess from, on a node that has just started")
                .isPresent();
    }

    @Test
    void strangersShareOneTryEveryTenSecondsWhileManyAddressesGuess() throws Exception {
        Projects projects = loaded("", STRONG);
        for (int i = 0; i < 100; i++) {
            projects.login("default", "guess", "198.51.100." + i);
        }

        assertThat(projects.login("default", STRONG, "198.51.100.200")).isPresent();
        assertThatThrownBy(() -> projects.login("default", STRONG, "198.51.100.201"))
                .isInstanceOfSatisfying(
                        LoginThrottledException.class,
                        wait -> assertThat(wait.retryAfterSeconds()).isEqualTo(10));
        clock.advance(Duration.ofSeconds(10));
        assertThat(projects.login("default", STRONG, "198.51.100.201")).isPresent();
    }

    @Test
    void markIsNoMoreThanFiveTriesOfOneProject() throws Exception {
        Projects projects = loaded("", STRONG);
        String mark = mark(projects, Role.ADMIN);
        for (int i = 0; i < 5; i++) {
            assertThat(projects.login("default", "guess", "192.0.2." + i, mark)).isEmpty();
        }
        assertThatThrownBy(() -> projects.login("default", STRONG, "192.0.2.9", mark))
                .isInstanceOf(LoginThrottledException.class);
        assertThat(projects.login("default", STRONG, "192.0.2.9", mark(projects, Role.ADMIN)))
                .isPresent();
    }

    @Test
    void forgedMarkIsAStrangers() throws Exception {
        Projects projects = loaded("", STRONG);
        String mark = mark(projects, Role.ADMIN);
        String last = mark.endsWith("0") ? "1" : "0";
        List<String> forged = List.of(
                mark.substring(0, mark.length() - 1) + last,
                projects.markBrowser(new Login(new Project("p2", "another"), Role.ADMIN), ""),
                mark(projects, Role.VIEWER).replace("VIEWER", "ADMIN"),
                "x",
                mark + mark,
                "a".repeat(43) + ".ADMIN." + "0".repeat(64));
        for (String one : forged.subList(1, 6)) {
            projects.login("default", "guess", "192.0.2.1", one);
        }

        assertThatThrownBy(() -> projects.login("default", STRONG, "192.0.2.1", forged.get(0)))
                .isInstanceOf(LoginThrottledException.class);
        assertThat(projects.login("default", STRONG, "192.0.2.1", mark)).isPresent();
    }

    @Test
    void viewersWhoGuessHoldUpNoAdmin() throws Exception {
        Projects projects = loaded("", STRONG);
        String admin = mark(projects, Role.ADMIN);
        String viewer = mark(projects, Role.VIEWER);
        guessInBrowsers(projects, Role.VIEWER, 30);

        assertThat(projects.login("default", STRONG, "192.0.2.1", viewer))
                .as("one of all of them has a try")
                .isPresent();
        assertThatThrownBy(() -> projects.login("default", STRONG, "192.0.2.1", viewer))
                .isInstanceOfSatisfying(
                        LoginThrottledException.class,
                        wait -> assertThat(wait.retryAfterSeconds()).isEqualTo(10));
        for (int i = 0; i < 3; i++) {
            assertThat(projects.login("default", STRONG, "192.0.2.1", admin)).isPresent();
        }
        clock.advance(Duration.ofSeconds(10));
        assertThat(projects.login("default", STRONG, "192.0.2.1", viewer)).isPresent();
    }

    @Test
    void pastTheirBoundKnownBrowsersHaveATurnThatStrangersCannotTake() throws Exception {
        Projects projects = loaded("", STRONG);
        String admin = mark(projects, Role.ADMIN);
        guessInBrowsers(projects, Role.ADMIN, 30);
        for (int i = 0; i < 101; i++) {
            projects.login("default", "guess", "198.51.100." + i);
        }
        assertThatThrownBy(() -> projects.login("default", STRONG, "198.51.100.200"))
                .isInstanceOf(LoginThrottledException.class);

        assertThat(projects.login("default", STRONG, "192.0.2.1", admin)).isPresent();
        assertThatThrownBy(() -> projects.login("default", STRONG, "192.0.2.1", admin))
                .isInstanceOf(LoginThrottledException.class);
    }

    @Test
    void anAdminsMarkStaysThoughAViewerLogsInThere() {
        Projects projects = loaded("", STRONG);
        String admin = mark(projects, Role.ADMIN);
        Login viewer = new Login(projects.own().orElseThrow(), Role.VIEWER);

        assertThat(projects.markBrowser(viewer, admin)).isEqualTo(admin);
        assertThat(projects.markBrowser(viewer, mark(projects, Role.VIEWER))).contains(".VIEWER.");
        assertThat(projects.markBrowser(viewer, "x.ADMIN.y")).contains(".VIEWER.");
        assertThat(projects.markBrowser(new Login(viewer.project(), Role.ADMIN), admin))
                .contains(".ADMIN.")
                .isNotEqualTo(admin);
    }

    private static void guessInBrowsers(Projects projects, Role role, int guesses) throws Exception {
        String mark = "";
        for (int i = 0; i < guesses; i++) {
            mark = i % 5 == 0 ? mark(projects, role) : mark;
            assertThat(projects.login("default", "guess", "192.0.2.66", mark)).isEmpty();
        }
    }

    private static String mark(Projects projects, Role role) {
        return projects.markBrowser(new Login(projects.own().orElseThrow(), role), "");
    }

    private static void guessOrWait(Projects projects, String address) {
        try {
            assertThat(projects.login("default", "guess", address)).isEmpty();
        } catch (LoginThrottledException e) {
            assertThat(e.retryAfterSeconds()).isPositive();
        }
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() throws Exception {
        Projects projects = loaded("", STRONG);
        for (int i = 0; i < 5; i++) {
            projects.login("default", "guess", "2001:db8:1:2::" + i);
        }

        assertThatThrownBy(() -> projects.login("default", "guess", "2001:db8:1:2:3:4:5:6"))
                .isInstanceOf(LoginThrottledException.class);
        assertThat(projects.login("default", STRONG, "2001:db8:1:3::1")).isPresent();
    }

    @Test
    void unknownProjectIsAnsweredAsAWrongPassword() throws Exception {
        assertThat(loaded("", STRONG).login("nobody", STRONG, "192.0.2.1")).isEmpty();
    }

    @Test
    void asManyPasswordsAreCheckedForAnAbsentProjectAsForAnExistingOne() throws Exception {
        List<String> checked = new ArrayList<>();
        Passwords counting = new Passwords(4) {
            @Override
            boolean matches(String password, String hash) {
                checked.add(password);
                return super.matches(password, hash);
            }
        };
        Projects projects = Projects.open(
                new ProjectSettings("default", "", "", "", false, ""), catalog.catalog(), clock, () -> counting);
        projects.load();
        String own = projects.own().orElseThrow().id();

        projects.login("absent", "wrong", "192.0.2.1");
        assertThat(checked).hasSize(2);
        checked.clear();
        projects.login("default", "wrong", "192.0.2.1");
        assertThat(checked).hasSize(2);
        checked.clear();
        catalog.viewers.put(own, counting.hash(STRONG));
        projects.login("default", "wrong", "192.0.2.1");
        assertThat(checked).hasSize(2);
        checked.clear();
        assertThat(projects.login("default", STRONG, "192.0.2.1")).isPresent();
        assertThat(checked).hasSize(2);
    }

    @Test
    void nobodysHashIsReadAndComputedAsAnyOther() {
        Passwords passwords = new Passwords(4);
        BCrypt.Result checked = BCrypt.verifyer(BCrypt.Version.VERSION_2A)
                .verify(new byte[] {1}, passwords.nobody().getBytes(StandardCharsets.US_ASCII));

        assertThat(checked.validFormat).isTrue();
        assertThat(checked.details.cost).isEqualTo(4);
        assertThat(passwords.nobody()).hasSameSizeAs(passwords.hash(STRONG));
        assertThat(passwords.matches(STRONG, passwords.nobody())).isFalse();
        assertThat(passwords.nobody()).isNotEqualTo(new Passwords(4).nobody());
    }

    @Test
    void theFirstStartHashesOnePasswordAndChecksNone() {
        List<String> work = new ArrayList<>();
        Passwords counting = new Passwords(4) {
            @Override
            String hash(String password) {
                work.add("hash");
                return super.hash(password);
            }

            @Override
            boolean matches(String password, String hash) {
                work.add("check");
                return super.matches(password, hash);
            }
        };
        Projects projects = Projects.open(
                new ProjectSettings("default", "", STRONG, "", false, ""), catalog.catalog(), clock, () -> counting);

        projects.load();
        assertThat(projects.own()).isPresent();
        assertThat(work).as("while the host starts").isEmpty();

        projects.settlePasswords();
        projects.settlePasswords();
        assertThat(work).containsExactly("hash");
    }

    @Test
    void whoLogsInBeforeThePasswordWasSetHasItSetAtOnce() throws Exception {
        Projects projects = open("", STRONG);
        projects.load();
        assertThat(new Passwords(4).matches("", "")).isFalse();

        assertThat(projects.login("default", "wrong", "192.0.2.1")).isEmpty();
        assertThat(projects.login("default", STRONG, "192.0.2.1")).isPresent();
        assertThat(logged).hasSize(1);
    }

    @Test
    void passwordThatWasNotSetBeforeTheProcessEndedIsSetAtTheNextStart() throws Exception {
        open("", "").load();
        assertThat(catalog.projects.values())
                .extracting(ProjectRow::passwordHash)
                .containsExactly("");

        Projects next = loaded("", "");

        String password = logged.get(0).replaceAll(".*password is (\\S+) .*", "$1");
        assertThat(next.login("default", password, "192.0.2.1")).isPresent();
    }

    @Test
    void theSecondPasswordMakesAViewer() throws Exception {
        Projects projects = Projects.open(
                new ProjectSettings("default", "", STRONG, "only for watching", false, ""),
                catalog.catalog(),
                clock,
                () -> new Passwords(4));
        projects.load();
        projects.settlePasswords();
        String hash = catalog.viewers.values().iterator().next();
        projects.load();
        projects.settlePasswords();

        assertThat(catalog.viewers.values()).containsExactly(hash);
        assertThat(projects.login("default", "only for watching", "192.0.2.1")
                        .map(right -> right.login().role()))
                .contains(Role.VIEWER);
        assertThat(projects.login("default", STRONG, "192.0.2.1")
                        .map(right -> right.login().role()))
                .contains(Role.ADMIN);
        assertThat(Role.VIEWER.rights()).containsExactly(Right.READ);
    }

    @Test
    void aViewersPasswordDoesNotRegister() throws Exception {
        Projects projects = Projects.open(
                new ProjectSettings("default", "", STRONG, "only for watching", true, ""),
                catalog.catalog(),
                clock,
                () -> new Passwords(4));
        projects.load();

        assertThat(reason(() -> register(projects, "id", "default", "only for watching", "")))
                .isEqualTo(Reason.NAME_TAKEN);
    }

    @Test
    void attemptThatTheCatalogCouldNotJudgeDoesNotCount() throws Exception {
        Projects projects = loaded("", STRONG);
        catalog.down = true;
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> projects.login("default", STRONG, "192.0.2.1"))
                    .isInstanceOf(StoreException.class);
        }
        catalog.down = false;

        assertThat(projects.login("default", STRONG, "192.0.2.1")).isPresent();
    }

    @Test
    void knownProjectIsFoundWhileTheCatalogIsDown() {
        Projects projects = loaded("shop", "");
        clock.advance(Duration.ofHours(1));
        catalog.down = true;

        assertThat(projects.byId("shop")).isPresent();
        assertThatThrownBy(() -> projects.byId("other")).isInstanceOf(StoreException.class);
    }

    @Test
    void readsAreCached() {
        Projects projects = loaded("shop", "");
        int before = catalog.reads;
        for (int i = 0; i < 100; i++) {
            projects.byId("shop");
            projects.byId("unknown");
            projects.byId("not an id");
        }
        assertThat(catalog.reads - before).isEqualTo(1);

        clock.advance(Duration.ofSeconds(31));
        projects.byId("shop");
        projects.byId("unknown");
        assertThat(catalog.reads - before).isEqualTo(3);
    }

    @Test
    void registeringNeedsTheTokenThatIsLoggedWhenItIsMade() throws Exception {
        Projects projects = loaded("", STRONG);
        logged.clear();
        assertThat(reason(() -> register(projects, "site", "site", STRONG, "guess")))
                .isEqualTo(Reason.TOKEN_WRONG);
        String token = logged.get(0).replaceAll(".*with the token (\\S+) .*", "$1");

        assertThat(register(projects, "site", "site", STRONG, token)).isEqualTo(new Project("site", "site"));
        assertThat(projects.byId("site")).isPresent();
        assertThat(register(projects, "other-id", "site", STRONG, token)).isEqualTo(new Project("site", "site"));
        assertThat(reason(() -> register(projects, "site2", "site", "another password", token)))
                .isEqualTo(Reason.NAME_TAKEN);
        assertThat(reason(() -> register(projects, "site", "site2", STRONG, token)))
                .isEqualTo(Reason.NAME_TAKEN);
        assertThat(logged).hasSize(1);
    }

    @Test
    void registeringChecksEveryForm() {
        Projects projects = openToAll();

        assertThat(reason(() -> register(projects, "a b", "site", STRONG, ""))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(() -> register(projects, "id", "", STRONG, ""))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(() -> register(projects, "id", "a\nb", STRONG, ""))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(() -> register(projects, "id", "x".repeat(101), STRONG, "")))
                .isEqualTo(Reason.MALFORMED);
        assertThat(reason(() -> register(projects, "id", "site", "short", ""))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(() -> register(projects, "id", "site", "aaaaaaaaaaaaaaaa", "")))
                .isEqualTo(Reason.MALFORMED);
        assertThat(reason(() -> register(projects, "id", "website-shop", "website-shop1", "")))
                .isEqualTo(Reason.MALFORMED);
        assertThat(reason(() -> register(projects, "id", "site", "x".repeat(2_000), "")))
                .isEqualTo(Reason.MALFORMED);
        assertThat(catalog.projects).isEmpty();
    }

    @Test
    void registeringNamesOriginsAndRegisteringAgainAddsToThem() throws Exception {
        Projects projects = openToAll();

        Project made = register(projects, "id", "site", STRONG, "", List.of("HTTPS://WWW.Example.org:443/"));
        assertThat(made.origins().all()).containsExactly("https://www.example.org");
        assertThat(register(projects, "id", "site", STRONG, "", List.of()).origins())
                .isEqualTo(made.origins());
        Project more = register(projects, "other", "site", STRONG, "", List.of("http://localhost:8081"));
        assertThat(more.origins().all()).containsExactly("https://www.example.org", "http://localhost:8081");
        assertThat(projects.byId("id")).contains(more);
        assertThat(reason(
                        () -> register(projects, "id", "site", "another password", "", List.of("http://evil.example"))))
                .isEqualTo(Reason.NAME_TAKEN);
        assertThat(projects.byId("id")).contains(more);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "*",
                "https://*.example.org",
                "www.example.org",
                "ftp://example.org",
                "https://example.org/a",
                "https://user@example.org",
                "https://example.org?q",
                "https://example.org:70000",
                "https://ex ample.org",
                "http://a.example http://b.example",
                "file://",
                "https://"
            })
    void whatIsNoOriginIsRefusedByItsName(String bad) {
        assertThatThrownBy(() -> Origins.of(List.of("https://good.example", bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + bad + "\"")
                .hasMessageContaining("such as https://www.example.org");
        assertThat(reason(() -> register(openToAll(), "id", "site", STRONG, "", List.of(bad))))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void originsAreBounded() {
        List<String> many = IntStream.rangeClosed(0, Origins.MOST)
                .mapToObj(i -> "https://s" + i + ".example")
                .toList();
        assertThatThrownBy(() -> Origins.of(many)).hasMessageContaining("101").hasMessageContaining("100");
        assertThat(Origins.of(many.subList(1, many.size())).all()).hasSize(Origins.MOST);
    }

    @Test
    void changedOriginsCountAtOnceHereAndSoonOnOtherNodes() throws Exception {
        Projects here = loaded("shop", STRONG);
        Projects elsewhere = loaded("shop", STRONG);
        assertThat(elsewhere.knowsOrigin("https://www.example.org")).isFalse();

        Project changed = here.setOrigins("shop", Origins.of(List.of("https://www.example.org")))
                .orElseThrow();

        assertThat(here.byId("shop")).contains(changed);
        assertThat(here.knowsOrigin("https://www.example.org")).isTrue();
        clock.advance(Duration.ofSeconds(31));
        assertThat(elsewhere.knowsOrigin("https://WWW.example.org:443")).isTrue();
        assertThat(here.setOrigins("nobody", Origins.NONE)).isEmpty();
    }

    @Test
    void knownOriginsStayKnownWhileTheCatalogIsDown() {
        Projects projects = loaded("shop", STRONG);
        projects.setOrigins("shop", Origins.of(List.of("https://www.example.org")));
        clock.advance(Duration.ofHours(1));
        catalog.down = true;

        assertThat(projects.knowsOrigin("https://www.example.org")).isTrue();
        assertThat(projects.knowsOrigin("https://evil.example")).isFalse();
    }

    private static Reason reason(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(call);
        assertThat(thrown).isInstanceOf(RegistrationException.class);
        return ((RegistrationException) thrown).reason();
    }

    private static Project register(Projects projects, String id, String name, String password, String token)
            throws RegistrationException {
        return register(projects, id, name, password, token, List.of());
    }

    private static Project register(
            Projects projects, String id, String name, String password, String token, List<String> origins)
            throws RegistrationException {
        return projects.register(id, name, password, token, origins, "192.0.2.1");
    }

    private Projects loaded(String id, String password) {
        Projects projects = open(id, password);
        projects.load();
        projects.settlePasswords();
        return projects;
    }

    private Projects open(String id, String password) {
        return Projects.open(
                new ProjectSettings("default", id, password, "", false, ""),
                catalog.catalog(),
                clock,
                () -> new Passwords(4));
    }

    private Projects openToAll() {
        return Projects.open(
                new ProjectSettings("default", "", "", "", true, ""), catalog.catalog(), clock, () -> new Passwords(4));
    }
}

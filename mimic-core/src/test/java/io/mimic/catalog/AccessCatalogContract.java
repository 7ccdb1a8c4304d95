package io.mimic.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AccessCatalog} does. A subclass says how a catalog is opened. */
public abstract class AccessCatalogContract {
    private static final long T0 = Instant.parse("2026-11-24T10:00:00Z").toEpochMilli();
    private static final ClientRow NOBODY =
            new ClientRow(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    private SessionCatalog catalog;
    private AccessCatalog access;

    /** A catalog that holds nothing. */
    protected abstract SessionCatalog open() throws Exception;

    @BeforeEach
    void openCatalog() throws Exception {
        catalog = open();
        access = catalog.access();
        catalog.insertProject(new ProjectRow("id-1", "one", "h1", T0));
        catalog.insertProject(new ProjectRow("id-2", "two", "h2", T0));
    }

    @AfterEach
    void closeCatalog() {
        catalog.close();
    }

    @Test
    void aProjectMayHaveASecondPassword() {
        assertThat(access.viewerHash("id-1")).isEmpty();
        assertThat(access.setViewerHash("id-1", "v1")).isTrue();
        assertThat(access.setViewerHash("id-1", "v2")).isTrue();
        assertThat(access.viewerHash("id-1")).contains("v2");
        assertThat(access.viewerHash("id-2")).isEmpty();
        assertThat(access.setViewerHash("id-1", null)).isTrue();
        assertThat(access.viewerHash("id-1")).isEmpty();
        assertThat(access.setViewerHash("id-9", "v")).isFalse();
        assertThat(access.setViewerHash("id-9", null)).isFalse();
    }

    @Test
    void aViewersLoginHoldsAsLongAsTheSecondPassword() {
        assertThat(access.insertLogin(new LoginRow("t0", "id-1", true, T0, T0), "v1"))
                .isFalse();
        assertThat(access.login("t0")).as("there is no second password").isEmpty();
        access.setViewerHash("id-1", "v1");
        access.insertLogin(new LoginRow("t1", "id-1", true, T0, T0), "v1");
        access.insertLogin(new LoginRow("t2", "id-1", false, T0, T0), "h1");

        assertThat(access.login("t1")).contains(new LoginRow("t1", "id-1", true, T0, T0));
        access.setViewerHash("id-1", "v2");
        assertThat(access.login("t1")).isEmpty();
        assertThat(access.login("t2")).isPresent();

        access.insertLogin(new LoginRow("t3", "id-1", true, T0, T0), "v2");
        catalog.setPasswordHash("id-1", "other");
        assertThat(access.login("t3")).isEmpty();
        assertThat(access.login("t2")).isEmpty();
    }

    @Test
    void tokensAreFoundByTheirHashUntilTheyAreRemoved() {
        TokenRow token = token("t1", "id-1", T0);
        assertThat(access.insertToken(token, 2)).isTrue();
        assertThat(access.insertToken(token("t2", "id-1", T0 + 1), 2)).isTrue();
        assertThat(access.insertToken(token("t3", "id-1", T0 + 2), 2))
                .as("too many")
                .isFalse();
        assertThat(access.insertToken(token("t4", "id-9", T0), 2))
                .as("no such project")
                .isFalse();

        assertThat(access.tokenByHash("hash of t1")).contains(token);
        assertThat(access.tokenByHash("hash of t3")).isEmpty();
        assertThat(access.tokens("id-1")).extracting(TokenRow::id).containsExactly("t2", "t1");
        assertThat(access.tokens("id-2")).isEmpty();

        access.usedToken("t1", T0 + 50);
        access.usedToken("t1", T0 + 40);
        assertThat(access.tokenByHash("hash of t1").orElseThrow().usedAt()).isEqualTo(T0 + 50);

        assertThat(access.removeToken("id-2", "t1")).isFalse();
        assertThat(access.removeToken("id-1", "t1")).isTrue();
        assertThat(access.tokenByHash("hash of t1")).isEmpty();
    }

    @Test
    void theLogIsReadPageByPageNewestFirst() {
        for (int i = 0; i < 5; i++) {
            access.insertAccess(row("a" + i, "id-1", T0 + i / 2, i == 3 ? "erase" : "view", "s" + i % 2));
        }
        access.insertAccess(row("b", "id-2", T0, "view", null));

        List<AccessRow> first = access.accesses(new AccessQuery("id-1", null, null, Long.MAX_VALUE, "", 2));
        assertThat(first).extracting(AccessRow::id).containsExactly("a4", "a3");
        AccessRow last = first.get(1);
        assertThat(access.accesses(new AccessQuery("id-1", null, null, last.at(), last.id(), 9)))
                .extracting(AccessRow::id)
                .containsExactly("a2", "a1", "a0");
        assertThat(access.accesses(new AccessQuery("id-1", "erase", null, Long.MAX_VALUE, "", 9)))
                .extracting(AccessRow::id)
                .containsExactly("a3");
        assertThat(access.accesses(new AccessQuery("id-1", null, "s0", Long.MAX_VALUE, "", 9)))
                .extracting(AccessRow::id)
                .containsExactly("a4", "a2", "a0");
    }

    @Test
    void linesOfTheLogAreCompletedAndForgotten() {
        access.insertAccess(row("a1", "id-1", T0, "erase", "s"));
        access.insertAccess(row("a2", "id-1", T0 + 10, "erase", "x\0".repeat(1_000)));
        access.setAccessOutcome("a2", "4 sessions");
        access.removeAccessesBefore(T0 + 10);

        List<AccessRow> left = access.accesses(new AccessQuery("id-1", null, null, Long.MAX_VALUE, "", 9));
        assertThat(left).extracting(AccessRow::id, AccessRow::outcome).containsExactly(tuple("a2", "4 sessions"));
        assertThat(left.get(0).target()).endsWith("…").hasSizeLessThan(1_000);
    }

    @Test
    void anotherPasswordRevokesTheTokensOfItsProject() {
        catalog.insertProject(new ProjectRow("id-2", "two", "h", T0));
        access.insertToken(token("k", "id-1", T0), 9);
        access.insertToken(token("l", "id-2", T0), 9);

        access.setViewerHash("id-1", "v");
        assertThat(access.tokenByHash("hash of k")).isPresent();
        catalog.setPasswordHash("id-1", "other");

        assertThat(access.tokenByHash("hash of k")).isEmpty();
        assertThat(access.tokens("id-1")).isEmpty();
        assertThat(access.tokenByHash("hash of l")).isPresent();
    }

    @Test
    void anEndedProjectIsGoneButForItsSessionsAndItsId() {
        access.setViewerHash("id-1", "v");
        access.insertLogin(new LoginRow("t1", "id-1", false, T0, T0), "h1");
        access.insertToken(token("k", "id-1", T0), 9);
        access.insertAccess(row("a1", "id-1", T0, "view", "s"));
        UUID session = SessionCatalogContract.id(T0);
        catalog.seen("id-1", session, NOBODY, T0, T0);
        RemovalRow removal = new RemovalRow("id-1", "one", T0 + 5);

        assertThat(access.beginRemoval(removal)).isTrue();
        assertThat(access.beginRemoval(removal)).isFalse();

        assertThat(catalog.projectById("id-1")).isEmpty();
        assertThat(access.login("t1")).isEmpty();
        assertThat(access.tokenByHash("hash of k")).isEmpty();
        assertThat(access.viewerHash("id-1")).isEmpty();
        assertThat(access.removals()).containsExactly(removal);
        assertThat(catalog.session("id-1", session)).isPresent();
        assertThat(catalog.insertProject(new ProjectRow("id-1", "other", "h", T0)))
                .as("its id is taken")
                .isFalse();
        assertThat(catalog.insertProject(new ProjectRow("id-3", "one", "h", T0)))
                .as("its name is free")
                .isTrue();

        access.removalDone("id-1");

        assertThat(access.removals()).isEmpty();
        assertThat(access.accesses(new AccessQuery("id-1", null, null, Long.MAX_VALUE, "", 9)))
                .isEmpty();
        assertThat(catalog.insertProject(new ProjectRow("id-1", "other", "h", T0)))
                .isTrue();
    }

    @Test
    void aProjectIsRenamedUnlessTheNameIsTaken() {
        assertThat(catalog.renameProject("id-1", "two")).isFalse();
        assertThat(catalog.renameProject("id-9", "nine")).isFalse();
        assertThat(catalog.renameProject("id-1", "first")).isTrue();
        assertThat(catalog.renameProject("id-1", "first")).isTrue();
        assertThat(catalog.projectByName("first")).isPresent();
        assertThat(catalog.projectByName("one")).isEmpty();
    }

    @Test
    void usageSumsUpOneProject() {
        assertThat(access.usage("id-1")).isEqualTo(new UsageRow(0, 0, 0, 0, 0));
        catalog.seen("id-1", SessionCatalogContract.id(T0), NOBODY, T0, T0);
        catalog.seen("id-1", SessionCatalogContract.id(T0 + 9), NOBODY, T0 + 9, T0 + 9);
        catalog.seen("id-2", SessionCatalogContract.id(T0), NOBODY, T0, T0);

        assertThat(access.usage("id-1")).isEqualTo(new UsageRow(2, 2, 0, T0, T0 + 9));
    }

    private static TokenRow token(String id, String project, long madeAt) {
        return new TokenRow(id, "hash of " + id, project, "nightly", "read export", "admin", madeAt, madeAt + 1000, 0);
    }

    private static AccessRow row(String id, String project, long at, String action, @Nullable String target) {
        return new AccessRow(id, project, at, "admin", null, "192.0.2.1", action, target, null);
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }
}

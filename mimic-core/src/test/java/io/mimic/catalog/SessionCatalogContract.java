package io.mimic.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link SessionCatalog} does. A subclass says how one is opened. */
public abstract class SessionCatalogContract {
    protected static final String PROJECT = "shop";
    protected static final long T0 = Instant.parse("2026-11-24T10:00:00Z").toEpochMilli();

    protected SessionCatalog catalog;
    private final AtomicInteger objects = new AtomicInteger();

    /** A catalog that holds nothing. */
    protected abstract SessionCatalog open() throws Exception;

    @BeforeEach
    void openCatalog() throws Exception {
        catalog = open();
    }

    @AfterEach
    void closeCatalog() {
        catalog.close();
    }

    protected static UUID id(long at) {
        return UuidCreator.getTimeOrderedEpoch(Instant.ofEpochMilli(at));
    }

    protected static ClientRow client(@Nullable String ip, @Nullable String browser) {
        return new ClientRow(
                "https://shop.example/",
                "Shop",
                ip,
                browser,
                "142",
                "Windows",
                "11",
                "desktop",
                "de-DE",
                "Europe/Berlin",
                "Germany",
                "DE",
                "Berlin",
                "Berlin",
                "{\"screen\":1}");
    }

    protected static SessionQuery all() {
        return query(PROJECT, null, 50, null);
    }

    private static SessionQuery query(String project, @Nullable String q, int limit, @Nullable String cursor) {
        return SessionQuery.newest(project, limit).matching(q).after(cursor);
    }

    private List<UUID> ids(SessionQuery query) {
        return catalog.find(query).items().stream().map(SessionRow::id).toList();
    }

    protected UUID seen(long at, ClientRow client) {
        UUID id = id(at);
        catalog.seen(PROJECT, id, client, at, at);
        return id;
    }

    protected static PageRow page(String page, String url, long firstAt, long lastAt) {
        return new PageRow(page, "window-1", url, "Title", firstAt, lastAt, 5, "0-3,5", List.of(firstAt, firstAt + 2));
    }

    protected SegmentRow segment(UUID session, long epoch, SegmentCounts counts, PageRow... pages) {
        long first = pages.length == 0 ? 0 : pages[0].firstAt();
        long last = pages.length == 0 ? 0 : pages[pages.length - 1].lastAt();
        String object = PROJECT + "/2026/11/24/" + session + "/" + epoch + "-" + objects.incrementAndGet();
        return new SegmentRow(epoch, object, "xz", 100, 900, 20_000, "ab12", first, last, counts, List.of(pages));
    }

    protected Committing committing(UUID session, @Nullable SegmentRow segment, long epoch) {
        return new Committing(session, segment, epoch);
    }

    /** A commit that tests change one by one. */
    protected static final class Committing {
        private final UUID session;
        private final @Nullable SegmentRow segment;
        private final long epoch;
        private boolean ended = true;
        private long seenAt = T0;
        private ClientRow client = SessionCatalogContract.client("10.0.0.1", "Chrome");
        private @Nullable String url = "https://shop.example/last";
        private @Nullable String user;
        private Set<String> users = Set.of();
        private Set<Integer> statuses = Set.of();
        private Set<String> eventNames = Set.of();
        private List<MarkerRow> markers = List.of();
        private List<long[]> activity = List.of();

        private Committing(UUID session, @Nullable SegmentRow segment, long epoch) {
            this.session = session;
            this.segment = segment;
            this.epoch = epoch;
        }

        public Committing ended(boolean ended, long seenAt) {
            this.ended = ended;
            this.seenAt = seenAt;
            return this;
        }

        public Committing client(ClientRow client) {
            this.client = client;
            return this;
        }

        public Committing url(@Nullable String url) {
            this.url = url;
            return this;
        }

        public Committing user(@Nullable String user) {
            this.user = user;
            this.users = user == null ? Set.of() : Set.of(user);
            return this;
        }

        /** The last one is the session's from now on. */
        public Committing users(String... users) {
            this.user = users[users.length - 1];
            this.users = Set.of(users);
            return this;
        }

        public Committing statuses(Integer... statuses) {
            this.statuses = Set.of(statuses);
            return this;
        }

        public Committing events(String... names) {
            this.eventNames = Set.of(names);
            return this;
        }

        public Committing markers(MarkerRow... markers) {
            this.markers = List.of(markers);
            return this;
        }

        public Committing activity(long[]... activity) {
            this.activity = List.of(activity);
            return this;
        }

        public SegmentCommit row() {
            return new SegmentCommit(
                    PROJECT,
                    session,
                    epoch,
                    segment,
                    ended,
                    seenAt,
                    client,
                    url,
                    "Last",
                    user,
                    user == null ? null : "{\"plan\":\"pro\"}",
                    users,
                    statuses,
                    eventNames,
                    markers,
                    activity);
        }
    }

    private static SegmentCounts counts(long errors, long failed) {
        return new SegmentCounts(10, errors, failed, 2, 1);
    }

    protected UUID ended(long at, String url, SegmentCounts counts) {
        return ended(at, url, counts, committing -> {});
    }

    protected UUID ended(long at, String url, SegmentCounts counts, java.util.function.Consumer<Committing> change) {
        UUID session = id(at);
        long epoch = catalog.nextEpoch(PROJECT, session);
        SegmentRow segment = segment(session, epoch, counts, page("p" + at, url, at, at + 60_000));
        Committing committing = committing(session, segment, epoch).ended(true, at + 60_000);
        change.accept(committing);
        assertThat(catalog.commit(committing.row())).isTrue();
        return session;
    }

    @Nested
    @DisplayName("settings and projects")
    class Settings {
        @Test
        void settingIsMadeOnceByOneOfMany() throws Exception {
            var pool = Executors.newFixedThreadPool(6);
            try {
                List<Callable<SessionCatalog.Setting>> calls = IntStream.range(0, 12)
                        .<Callable<SessionCatalog.Setting>>mapToObj(
                                i -> () -> catalog.settingOrInsert("secret", () -> "value-" + i))
                        .toList();
                List<SessionCatalog.Setting> answers = new ArrayList<>();
                for (Future<SessionCatalog.Setting> answer : pool.invokeAll(calls)) {
                    answers.add(answer.get());
                }
                assertThat(answers.stream().filter(SessionCatalog.Setting::inserted))
                        .hasSize(1);
                assertThat(answers.stream().map(SessionCatalog.Setting::value).distinct())
                        .hasSize(1);
            } finally {
                pool.shutdownNow();
            }
        }

        @Test
        void settingIsReplaced() {
            assertThat(catalog.setting("a")).isEmpty();
            catalog.putSetting("a", "1");
            catalog.putSetting("a", "2");
            assertThat(catalog.setting("a")).contains("2");
            assertThat(catalog.settingOrInsert("a", () -> "3")).isEqualTo(new SessionCatalog.Setting("2", false));
        }

        @Test
        void projectIsFoundByIdAndName() {
            ProjectRow row = new ProjectRow("id-1", "Shop ä😀", "hash", T0);
            assertThat(catalog.insertProject(row)).isTrue();
            assertThat(catalog.projectById("id-1")).contains(row);
            assertThat(catalog.projectByName("Shop ä😀")).contains(row);
            assertThat(catalog.projectByName("shop")).isEmpty();
            assertThat(catalog.projects()).containsExactly(row);
        }

        @Test
        void originsOfAProjectAreKeptInTheirOrder() {
            List<String> origins = List.of("https://b.example", "http://a.example:8080");
            catalog.insertProject(new ProjectRow("id-1", "one", "h1", T0, origins));
            catalog.insertProject(new ProjectRow("id-2", "two", "h2", T0));
            assertThat(catalog.projectById("id-1").orElseThrow().origins()).isEqualTo(origins);
            assertThat(catalog.projectByName("two").orElseThrow().origins()).isEmpty();

            assertThat(catalog.setOrigins("id-1", List.of())).isTrue();
            assertThat(catalog.setOrigins("id-2", origins)).isTrue();
            assertThat(catalog.setOrigins("id-3", origins)).isFalse();
            assertThat(catalog.projects()).extracting(ProjectRow::origins).containsExactly(List.of(), origins);
        }

        @Test
        void idAndNameOfAProjectAreTakenOnce() {
            assertThat(catalog.insertProject(new ProjectRow("id-1", "one", "h1", T0)))
                    .isTrue();
            assertThat(catalog.insertProject(new ProjectRow("id-1", "two", "h2", T0)))
                    .isFalse();
            assertThat(catalog.insertProject(new ProjectRow("id-2", "one", "h2", T0)))
                    .isFalse();
            assertThat(catalog.projects()).extracting(ProjectRow::passwordHash).containsExactly("h1");
        }

        @Test
        void firstPasswordIsSetOnce() {
            catalog.insertProject(new ProjectRow("id-1", "one", "", T0));
            assertThat(catalog.setFirstPasswordHash("id-1", "h1")).isTrue();
            assertThat(catalog.setFirstPasswordHash("id-1", "h2")).isFalse();
            assertThat(catalog.setFirstPasswordHash("id-9", "h2")).isFalse();
            assertThat(catalog.projectById("id-1").orElseThrow().passwordHash()).isEqualTo("h1");
        }

        @Test
        void passwordIsChanged() {
            catalog.insertProject(new ProjectRow("id-1", "one", "h1", T0));
            assertThat(catalog.setPasswordHash("id-1", "h2")).isTrue();
            assertThat(catalog.setPasswordHash("id-9", "h2")).isFalse();
            assertThat(catalog.projectById("id-1").orElseThrow().passwordHash()).isEqualTo("h2");
        }
    }

    @Nested
    @DisplayName("logins")
    class LoginsKept {
        @Test
        void aLoginHoldsUntilItIsEnded() {
            catalog.insertProject(new ProjectRow("id-1", "one", "h1", T0));
            catalog.access().insertLogin(new LoginRow("t1", "id-1", false, T0, T0), "h1");
            catalog.access().insertLogin(new LoginRow("t2", "id-1", false, T0 + 1, T0 + 1), "h1");

            catalog.access().removeLogin("t1");

            assertThat(catalog.access().login("t1")).isEmpty();
            assertThat(catalog.access().login("t2")).contains(new LoginRow("t2", "id-1", false, T0 + 1, T0 + 1));
        }

        @Test
        void anotherPasswordEndsAllLoginsOfItsProject() {
            catalog.insertProject(new ProjectRow("id-1", "one", "h1", T0));
            catalog.insertProject(new ProjectRow("id-2", "two", "h1", T0));
            catalog.access().insertLogin(new LoginRow("t1", "id-1", false, T0, T0), "h1");
            catalog.access().insertLogin(new LoginRow("t2", "id-2", false, T0, T0), "h1");

            catalog.setPasswordHash("id-1", "h2");

            assertThat(catalog.access().login("t1")).isEmpty();
            assertThat(catalog.access().login("t2")).isPresent();
        }

        @Test
        void aLoginWhosePasswordWasChangedMeanwhileDoesNotBegin() {
            catalog.insertProject(new ProjectRow("id-1", "one", "h1", T0));
            catalog.setPasswordHash("id-1", "h2");

            assertThat(catalog.access().insertLogin(new LoginRow("t1", "id-1", false, T0, T0), "h1"))
                    .isFalse();
            assertThat(catalog.access().login("t1")).isEmpty();
            assertThat(catalog.access().insertLogin(new LoginRow("t2", "id-1", false, T0, T0), "h2"))
                    .isTrue();
        }

        @Test
        void whatIsNotUsedIsForgotten() {
            catalog.insertProject(new ProjectRow("id-1", "one", "h1", T0));
            catalog.access().insertLogin(new LoginRow("t1", "id-1", false, T0, T0), "h1");
            catalog.access().insertLogin(new LoginRow("t2", "id-1", false, T0, T0), "h1");
            catalog.access().seenLogin("t2", T0 + 50);
            catalog.access().seenLogin("t2", T0 + 40);

            catalog.access().removeLoginsUnseenSince(T0 + 45);

            assertThat(catalog.access().login("t1")).isEmpty();
            assertThat(catalog.access().login("t2")).contains(new LoginRow("t2", "id-1", false, T0, T0 + 50));
        }

        @Test
        void thereIsNoLoginToAProjectThatIsNotThere() {
            assertThat(catalog.access().insertLogin(new LoginRow("t1", "id-9", false, T0, T0), "h1"))
                    .isFalse();
            assertThat(catalog.access().login("t1")).isEmpty();
        }
    }

    @Nested
    @DisplayName("sessions as they begin and end")
    class Life {
        @Test
        void seenSessionIsListedWithItsMetadata() {
            UUID id = seen(T0, client("10.1.2.3", "Firefox"));
            SessionRow row = catalog.session(PROJECT, id).orElseThrow();
            assertThat(row.active()).isTrue();
            assertThat(row.startedAt()).isEqualTo(T0);
            assertThat(row.landingUrl()).isEqualTo("https://shop.example/");
            assertThat(row.url()).isEqualTo("https://shop.example/");
            assertThat(row.title()).isEqualTo("Shop");
            assertThat(row.browser()).isEqualTo("Firefox");
            assertThat(row.ip()).isEqualTo("10.1.2.3");
            assertThat(row.os()).isEqualTo("Windows");
            assertThat(row.countryCode()).isEqualTo("DE");
            assertThat(row.client()).isEqualTo("{\"screen\":1}");
            assertThat(row.activity()).isEmpty();
            assertThat(ids(all())).containsExactly(id);
            assertThat(catalog.activeSessions(PROJECT)).isEqualTo(1);
        }

        @Test
        void seenTwiceKeepsWhatWasKnown() {
            UUID id = id(T0);
            catalog.seen(PROJECT, id, client("10.1.2.3", null), T0, T0);
            catalog.seen(PROJECT, id, client("10.9.9.9", "Chrome"), T0 + 5, T0 + 9_000);
            SessionRow row = catalog.session(PROJECT, id).orElseThrow();
            assertThat(row.ip()).isEqualTo("10.1.2.3");
            assertThat(row.browser()).isEqualTo("Chrome");
            assertThat(row.startedAt()).isEqualTo(T0);
            assertThat(row.endedAt()).isEqualTo(T0 + 9_000);
        }

        @Test
        void committedSessionHasEndedWithItsLastEvent() {
            UUID id = seen(T0 + 7, client("10.0.0.1", "Chrome"));
            long epoch = catalog.nextEpoch(PROJECT, id);
            SegmentRow segment = segment(id, epoch, counts(1, 2), page("p1", "https://shop.example/a", T0, T0 + 4000));
            assertThat(catalog.commit(committing(id, segment, epoch)
                            .ended(true, T0 + 5000)
                            .row()))
                    .isTrue();
            SessionRow row = catalog.session(PROJECT, id).orElseThrow();
            assertThat(row.active()).isFalse();
            assertThat(row.startedAt()).isEqualTo(T0);
            assertThat(row.endedAt()).isEqualTo(T0 + 4000);
            assertThat(row.durationMs()).isEqualTo(4000);
            assertThat(row.url()).isEqualTo("https://shop.example/last");
            assertThat(row.landingUrl()).isEqualTo("https://shop.example/");
            assertThat(row.bytes()).isEqualTo(1000);
            assertThat(row.pages()).isEqualTo(1);
            assertThat(row.windows()).isEqualTo(1);
            assertThat(row.errors()).isEqualTo(1);
            assertThat(row.failedRequests()).isEqualTo(2);
            assertThat(catalog.activeSessions(PROJECT)).isZero();
        }

        @Test
        void countsAreSumsOverSegments() {
            UUID id = seen(T0, client("10.0.0.1", "Chrome"));
            for (int i = 0; i < 3; i++) {
                long epoch = catalog.nextEpoch(PROJECT, id);
                long at = T0 + i * 10_000L;
                SegmentRow segment = segment(
                        id,
                        epoch,
                        new SegmentCounts(10, i, 1, 2, 3),
                        page("same", "https://shop.example/a", at, at + 1),
                        page("p" + i, "https://shop.example/b", at + 2, at + 9_000));
                assertThat(catalog.commit(
                                committing(id, segment, epoch).ended(i == 2, at).row()))
                        .isTrue();
            }
            SessionRow row = catalog.session(PROJECT, id).orElseThrow();
            assertThat(row.events()).isEqualTo(30);
            assertThat(row.errors()).isEqualTo(3);
            assertThat(row.failedRequests()).isEqualTo(3);
            assertThat(row.consoleErrors()).isEqualTo(6);
            assertThat(row.rageClicks()).isEqualTo(9);
            assertThat(row.bytes()).isEqualTo(3000);
            assertThat(row.pages()).isEqualTo(4);
            assertThat(row.startedAt()).isEqualTo(T0);
            assertThat(row.endedAt()).isEqualTo(T0 + 29_000);
        }

        @Test
        void partlyArchivedSessionStaysActive() {
            UUID id = seen(T0, client("10.0.0.1", "Chrome"));
            long epoch = catalog.nextEpoch(PROJECT, id);
            SegmentRow segment = segment(id, epoch, counts(0, 0), page("p1", "https://shop.example/a", T0, T0 + 4000));
            assertThat(catalog.commit(committing(id, segment, epoch)
                            .ended(false, T0 + 5000)
                            .row()))
                    .isTrue();
            assertThat(catalog.session(PROJECT, id).orElseThrow().active()).isTrue();
        }

        @Test
        void endIsKeptAgainstWhatWasSeenBefore() {
            UUID id = seen(T0, client("10.0.0.1", "Chrome"));
            long epoch = catalog.nextEpoch(PROJECT, id);
            catalog.commit(committing(id, null, epoch).ended(true, T0 + 5000).row());
            catalog.seen(PROJECT, id, client(null, null), T0, T0 + 4000);
            assertThat(catalog.session(PROJECT, id).orElseThrow().active()).isFalse();
            catalog.seen(PROJECT, id, client(null, null), T0, T0 + 9000);
            assertThat(catalog.session(PROJECT, id).orElseThrow().active()).isTrue();
        }

        @Test
        void endThatIsToldLateDoesNotEndWhatGoesOn() {
            UUID id = seen(T0, client("10.0.0.1", "Chrome"));
            catalog.seen(PROJECT, id, client(null, null), T0, T0 + 60_000);
            long epoch = catalog.nextEpoch(PROJECT, id);
            catalog.commit(committing(id, null, epoch).ended(true, T0 + 5000).row());
            assertThat(catalog.session(PROJECT, id).orElseThrow().active()).isTrue();
        }

        @Test
        void sessionThatOnlyTheCommitKnowsIsListed() {
            UUID id = ended(T0, "https://shop.example/a", counts(0, 0));
            SessionRow row = catalog.session(PROJECT, id).orElseThrow();
            assertThat(row.startedAt()).isEqualTo(T0);
            assertThat(row.browser()).isEqualTo("Chrome");
            assertThat(row.active()).isFalse();
        }

        @Test
        void sessionIsOfEverybodyWhoWasIdentifiedInIt() {
            UUID shared = ended(T0, "https://x/a", counts(0, 0), c -> c.users("ada", "bob"));
            UUID ofAda = ended(T0 + 1000, "https://x/a", counts(0, 0), c -> c.user("ada"));
            long epoch = catalog.nextEpoch(PROJECT, shared);
            SegmentRow segment =
                    segment(shared, epoch, counts(0, 0), page("p9", "https://x/z", T0 - 5_000, T0 + 95_000));
            catalog.commit(committing(shared, segment, epoch).user("eve").row());

            for (String user : List.of("ada", "bob", "eve")) {
                assertThat(ids(with(q -> q.user = user))).as(user).contains(shared);
                assertThat(ids(query(PROJECT, user, 10, null))).as(user).contains(shared);
                assertThat(catalog.sessionsOf(PROJECT, user)).as(user).contains(shared);
                assertThat(catalog.sessionsOf("other", user)).isEmpty();
            }
            assertThat(catalog.session(PROJECT, shared).orElseThrow().user()).isEqualTo("eve");
            assertThat(ids(with(q -> {
                        q.user = "ada";
                        q.status = "404";
                    })))
                    .isEmpty();
            assertThat(catalog.find(SessionQuery.newest(PROJECT, 1).of("ada")).items())
                    .extracting(SessionRow::id)
                    .containsExactly(ofAda);

            catalog.erase(PROJECT, shared);
            assertThat(catalog.sessionsOf(PROJECT, "ada")).containsExactly(ofAda);
            assertThat(catalog.sessionsOf(PROJECT, "bob")).isEmpty();
            assertThat(ids(query(PROJECT, "bob", 10, null))).isEmpty();
        }

        @Test
        void emptySessionEndsToo() {
            UUID id = id(T0);
            long epoch = catalog.nextEpoch(PROJECT, id);
            assertThat(catalog.session(PROJECT, id)).isEmpty();
            assertThat(catalog.commit(
                            committing(id, null, epoch).ended(true, T0 + 3000).row()))
                    .isTrue();
            SessionRow row = catalog.session(PROJECT, id).orElseThrow();
            assertThat(row.active()).isFalse();
            assertThat(row.startedAt()).isEqualTo(T0);
            assertThat(row.endedAt()).isEqualTo(T0 + 3000);
        }

        @Test
        void laterSegmentKeepsUserAndUrlWhereItNamesNone() {
            UUID id = ended(T0, "https://shop.example/a", counts(0, 0), c -> c.user("ada"));
            long epoch = catalog.nextEpoch(PROJECT, id);
            SegmentRow segment =
                    segment(id, epoch, counts(0, 0), page("p9", "https://shop.example/z", T0 + 90_000, T0 + 95_000));
            catalog.commit(committing(id, segment, epoch)
                    .url(null)
                    .ended(true, T0 + 96_000)
                    .row());
            SessionRow row = catalog.session(PROJECT, id).orElseThrow();
            assertThat(row.user()).isEqualTo("ada");
            assertThat(row.traits()).isEqualTo("{\"plan\":\"pro\"}");
            assertThat(row.url()).isEqualTo("https://shop.example/last");
        }

        @Test
        void activityIsScaledToAHundred() {
            UUID id = ended(
                    T0,
                    "https://shop.example/a",
                    counts(0, 0),
                    c -> c.activity(new long[] {T0, 1}, new long[] {T0 + 30_000, 4}, new long[] {T0 + 59_000, 2}));
            List<Integer> activity = catalog.session(PROJECT, id).orElseThrow().activity();
            assertThat(activity).hasSizeBetween(16, 32);
            assertThat(activity.get(0)).isEqualTo(25);
            assertThat(activity).contains(100);
            assertThat(activity.get(activity.size() - 1)).isEqualTo(50);
            assertThat(activity.stream().filter(height -> height > 0)).hasSize(3);
        }
    }

    @Nested
    @DisplayName("commit")
    class Commits {
        @Test
        void onlyTheNewestEpochCommits() {
            UUID id = id(T0);
            long old = catalog.nextEpoch(PROJECT, id);
            long newest = catalog.nextEpoch(PROJECT, id);
            assertThat(newest).isGreaterThan(old);
            SegmentRow late = segment(id, old, counts(1, 1), page("p1", "https://x/", T0, T0 + 1));
            assertThat(catalog.commit(committing(id, late, old).row())).isFalse();
            assertThat(catalog.segments(PROJECT, id)).isEmpty();
            assertThat(catalog.knowsObject(late.object())).isFalse();
            SegmentRow segment = segment(id, newest, counts(1, 1), page("p1", "https://x/", T0, T0 + 1));
            assertThat(catalog.commit(committing(id, segment, newest).row())).isTrue();
            assertThat(catalog.segments(PROJECT, id)).containsExactly(segment);
            assertThat(catalog.knowsObject(segment.object())).isTrue();
        }

        @Test
        void repeatedCommitChangesNothing() {
            UUID id = id(T0);
            long epoch = catalog.nextEpoch(PROJECT, id);
            SegmentCommit commit = committing(
                            id, segment(id, epoch, counts(1, 1), page("p1", "https://x/", T0, T0 + 1)), epoch)
                    .activity(new long[] {T0, 3})
                    .row();
            assertThat(catalog.commit(commit)).isTrue();
            SessionRow row = catalog.session(PROJECT, id).orElseThrow();
            assertThat(catalog.commit(commit)).isTrue();
            assertThat(catalog.session(PROJECT, id)).contains(row);
        }

        @Test
        void commitWithoutAnEpochFails() {
            UUID id = id(T0);
            assertThat(catalog.commit(committing(id, null, 1).row())).isFalse();
            assertThat(catalog.session(PROJECT, id)).isEmpty();
        }

        @Test
        void segmentsComeInOrderWithTheirPages() {
            UUID id = id(T0);
            List<SegmentRow> segments = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                long epoch = catalog.nextEpoch(PROJECT, id);
                SegmentRow segment = segment(
                        id,
                        epoch,
                        counts(i, i),
                        page("b" + i, "https://x/b", T0, T0 + 1),
                        page("a" + i, "https://x/a", T0 + 2, T0 + 3));
                segments.add(segment);
                assertThat(catalog.commit(committing(id, segment, epoch).row())).isTrue();
            }
            assertThat(catalog.segments(PROJECT, id)).containsExactlyElementsOf(segments);
            assertThat(catalog.segments("other", id)).isEmpty();
        }

        @Test
        void markersComeInOrderOfTime() {
            UUID id = ended(
                    T0,
                    "https://x/",
                    counts(1, 1),
                    c -> c.markers(
                            new MarkerRow(T0 + 5, "error", "later"),
                            new MarkerRow(T0 + 1, "request", "first"),
                            new MarkerRow(T0 + 1, "console", "second")));
            assertThat(catalog.markers(PROJECT, id))
                    .containsExactly(
                            new MarkerRow(T0 + 1, "request", "first"),
                            new MarkerRow(T0 + 1, "console", "second"),
                            new MarkerRow(T0 + 5, "error", "later"));
        }
    }

    @Nested
    @DisplayName("erase")
    class Erasing {
        @Test
        void erasedSessionIsGoneAndNothingCommitsToItAgain() {
            UUID id = ended(
                    T0,
                    "https://x/",
                    counts(1, 1),
                    c -> c.statuses(404).events("checkout").markers(new MarkerRow(T0, "error", "x")));
            List<String> objects = catalog.segments(PROJECT, id).stream()
                    .map(SegmentRow::object)
                    .toList();
            long epoch = catalog.nextEpoch(PROJECT, id);
            assertThat(catalog.erase(PROJECT, id)).containsExactlyElementsOf(objects);
            SegmentRow segment = segment(id, epoch, counts(1, 1), page("p2", "https://x/", T0, T0 + 1));
            assertThat(catalog.commit(committing(id, segment, epoch).row())).isFalse();
            long next = catalog.nextEpoch(PROJECT, id);
            assertThat(catalog.commit(committing(id, null, next).row())).isFalse();
            catalog.seen(PROJECT, id, client("10.0.0.1", "Chrome"), T0, T0 + 90_000);
            assertThat(catalog.session(PROJECT, id)).isEmpty();
            assertThat(catalog.segments(PROJECT, id)).isEmpty();
            assertThat(catalog.markers(PROJECT, id)).isEmpty();
            assertThat(catalog.find(all()).items()).isEmpty();
            assertThat(catalog.knowsObject(objects.get(0))).isFalse();
            assertThat(catalog.erase(PROJECT, id)).isEmpty();
        }

        @Test
        void condemnedSessionTakesNothingMoreAndIsFoundUntilItIsErased() {
            UUID id = ended(T0, "https://x/", counts(1, 1));
            List<String> objects = catalog.segments(PROJECT, id).stream()
                    .map(SegmentRow::object)
                    .toList();
            long epoch = catalog.nextEpoch(PROJECT, id);
            assertThat(catalog.condemn(PROJECT, id)).containsExactlyElementsOf(objects);
            assertThat(catalog.condemn(PROJECT, id)).containsExactlyElementsOf(objects);
            SegmentRow segment = segment(id, epoch, counts(1, 1), page("p2", "https://x/", T0, T0 + 1));
            assertThat(catalog.commit(committing(id, segment, epoch).row())).isFalse();
            assertThat(catalog.nextEpoch(PROJECT, id)).isZero();
            assertThat(catalog.find(all()).items()).extracting(SessionRow::id).containsExactly(id);
            assertThat(catalog.erase(PROJECT, id)).containsExactlyElementsOf(objects);
            assertThat(catalog.session(PROJECT, id)).isEmpty();
        }

        @Test
        void condemningWhatIsUnknownKeepsItAway() {
            UUID id = UUID.randomUUID();
            assertThat(catalog.condemn(PROJECT, id)).isEmpty();
            catalog.seen(PROJECT, id, client(null, null), T0, T0);
            assertThat(catalog.session(PROJECT, id)).isEmpty();
        }

        @Test
        void oldSessionsAreShownOldestFirstWithoutActiveOnes() {
            UUID second = ended(T0 + 1000, "https://x/", counts(0, 0));
            UUID first = ended(T0, "https://x/", counts(0, 0));
            seen(T0 - 5000, client(null, null));
            ended(T0 + 9000, "https://x/", counts(0, 0));
            assertThat(catalog.olderThan(T0 + 9000, 10))
                    .extracting(SessionRow::id)
                    .containsExactly(first, second);
            assertThat(catalog.olderThan(T0 + 9000, 1))
                    .extracting(SessionRow::id)
                    .containsExactly(first);
        }

        @Test
        void quietSessionsAreActiveOnesWithoutNews() {
            UUID quiet = seen(T0, client(null, null));
            UUID heard = seen(T0 + 1, client(null, null));
            catalog.seen(PROJECT, heard, client(null, null), T0 + 1, T0 + 60_000);
            ended(T0, "https://x/", counts(0, 0));
            assertThat(catalog.quietSince(T0 + 30_000, 10))
                    .extracting(SessionRow::id)
                    .containsExactly(quiet);
        }
    }

    @Nested
    @DisplayName("list")
    class Listing {
        @Test
        void newestComesFirstAndPagesJoin() {
            List<UUID> newestFirst = IntStream.range(0, 25)
                    .mapToObj(i -> seen(T0 + (i / 3) * 1000L, client(null, null)))
                    .sorted(Comparator.comparing(UUID::toString).reversed())
                    .toList();
            List<UUID> seen = new ArrayList<>();
            String cursor = null;
            int pages = 0;
            do {
                SessionPage page = catalog.find(query(PROJECT, null, 10, cursor));
                page.items().forEach(item -> seen.add(item.id()));
                cursor = page.next();
                pages++;
            } while (cursor != null);
            assertThat(seen).containsExactlyElementsOf(newestFirst);
            assertThat(pages).isEqualTo(3);
        }

        @Test
        void lastPageSaysThatAllWasLookedAt() {
            seen(T0, client(null, null));
            assertThat(catalog.find(all()).next()).isNull();
            assertThat(catalog.find(all()).scannedTo()).isZero();
        }

        @Test
        void newSessionsDoNotDisturbAPageThatFollows() {
            for (int i = 0; i < 4; i++) {
                seen(T0 + i, client(null, null));
            }
            SessionPage first = catalog.find(query(PROJECT, null, 2, null));
            seen(T0 + 99, client(null, null));
            SessionPage second = catalog.find(query(PROJECT, null, 2, first.next()));
            assertThat(second.items()).extracting(SessionRow::startedAt).containsExactly(T0 + 1, T0);
        }

        @Test
        void badCursorIsTheCallersMistake() {
            for (String bad : List.of("x", "", "!!", "MTIz", "OjEyMw")) {
                assertThatThrownBy(() -> catalog.find(query(PROJECT, null, 2, bad)))
                        .as(bad)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }

        @Test
        void projectsAreApart() {
            UUID id = seen(T0, client("10.0.0.1", null));
            assertThat(catalog.find(query("other", null, 10, null)).items()).isEmpty();
            assertThat(catalog.session("other", id)).isEmpty();
            assertThat(catalog.activeSessions("other")).isZero();
            assertThat(catalog.find(query("other", id.toString(), 10, null)).items())
                    .isEmpty();
        }

        @Test
        void filtersNarrow() {
            UUID plain = ended(T0, "https://x/a", counts(0, 0), c -> c.client(client("1.1.1.1", "Firefox")));
            UUID failed = ended(T0 + 1000, "https://x/a", counts(0, 1), c -> c.statuses(200, 404));
            UUID broken = ended(
                    T0 + 2000, "https://x/a", counts(1, 0), c -> c.statuses(503).user("ada"));
            UUID bought = ended(T0 + 3000, "https://x/a", counts(0, 0), c -> c.events("checkout"));
            UUID active = seen(T0 + 4000, client("2.2.2.2", "Chrome"));
            assertThat(ids(with(q -> q.errors = true))).containsExactly(broken, failed);
            assertThat(ids(with(q -> q.status = "404"))).containsExactly(failed);
            assertThat(ids(with(q -> q.status = "4xx"))).containsExactly(failed);
            assertThat(ids(with(q -> q.status = "5xx"))).containsExactly(broken);
            assertThat(ids(with(q -> q.browser = "firefox"))).containsExactly(plain);
            assertThat(ids(with(q -> q.user = "ada"))).containsExactly(broken);
            assertThat(ids(with(q -> q.event = "checkout"))).containsExactly(bought);
            assertThat(ids(with(q -> q.active = true))).containsExactly(active);
            assertThat(ids(with(q -> q.os = "windows"))).hasSize(5);
            assertThat(ids(with(q -> q.country = "de"))).hasSize(5);
            assertThat(ids(with(q -> q.country = "Germany"))).hasSize(5);
            assertThat(ids(with(q -> q.minDurationMs = 60_000))).containsExactly(bought, broken, failed, plain);
            assertThat(ids(with(q -> q.minDurationMs = 60_001))).isEmpty();
            assertThat(ids(with(q -> q.maxDurationMs = 59_999))).containsExactly(active);
            assertThat(ids(with(q -> q.maxDurationMs = 60_000))).hasSize(5);
            assertThat(ids(with(q -> {
                        q.from = T0 + 1000;
                        q.to = T0 + 3000;
                    })))
                    .containsExactly(broken, failed);
            assertThat(ids(with(q -> {
                        q.errors = true;
                        q.status = "5xx";
                        q.user = "ada";
                        q.browser = "chrome";
                        q.minDurationMs = 1;
                    })))
                    .containsExactly(broken);
            assertThat(ids(with(q -> {
                        q.errors = true;
                        q.event = "checkout";
                    })))
                    .isEmpty();
        }

        @Test
        void sessionsWithTheSameErrorAreFoundWhateverNumbersAreInIt() {
            UUID first = ended(
                    T0,
                    "https://x/a",
                    counts(1, 1),
                    c -> c.user("ada")
                            .events("checkout")
                            .markers(
                                    new MarkerRow(T0, "error", "TypeError: no row 17 of undefined"),
                                    new MarkerRow(T0, "request", "500 POST /api/orders/4711"),
                                    new MarkerRow(T0, "console", "only a line")));
            UUID second = ended(
                    T0 + 1000,
                    "https://x/a",
                    counts(1, 0),
                    c -> c.markers(new MarkerRow(T0 + 1000, "error", "TypeError: no row 3 of undefined")));
            ended(
                    T0 + 2000,
                    "https://x/a",
                    counts(1, 1),
                    c -> c.markers(
                            new MarkerRow(T0 + 2000, "error", "TypeError: no row"),
                            new MarkerRow(T0 + 2000, "request", "503 POST /api/orders/4711")));

            assertThat(ids(with(q -> q.failure = "TypeError: no row 99 of undefined")))
                    .containsExactly(second, first);
            assertThat(ids(with(q -> q.failure = "500 POST /api/orders/1"))).containsExactly(first);
            assertThat(ids(with(q -> q.failure = "only a line"))).isEmpty();
            assertThat(ids(with(q -> {
                        q.failure = "TypeError: no row 99 of undefined";
                        q.limit = 1;
                    })))
                    .containsExactly(second);
            assertThat(ids(with(q -> {
                        q.failure = "TypeError: no row 99 of undefined";
                        q.user = "ada";
                    })))
                    .containsExactly(first);
            assertThat(ids(with(q -> {
                        q.failure = "TypeError: no row 99 of undefined";
                        q.event = "checkout";
                    })))
                    .containsExactly(first);
            catalog.erase(PROJECT, first);
            assertThat(ids(with(q -> q.failure = "TypeError: no row 99 of undefined")))
                    .containsExactly(second);
        }

        @Test
        void badStatusIsTheCallersMistake() {
            assertThatThrownBy(() -> catalog.find(with(q -> q.status = "4x")))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void searchFindsIdIpUserAndPartOfAUrl() {
            UUID one = ended(
                    T0,
                    "https://shop.example/product/42?color=Red_100%",
                    counts(0, 0),
                    c -> c.client(client("192.168.7.9", "Chrome")));
            UUID two = ended(T0 + 600_000, "https://shop.example/cart", counts(0, 0), c -> c.user("ada@x.example"));
            assertThat(ids(query(PROJECT, one.toString(), 10, null))).containsExactly(one);
            assertThat(ids(query(PROJECT, one.toString().substring(0, 11), 10, null)))
                    .containsExactly(one);
            assertThat(ids(query(PROJECT, "192.168.", 10, null))).containsExactly(one);
            assertThat(ids(query(PROJECT, "ada@x.example", 10, null))).containsExactly(two);
            assertThat(ids(query(PROJECT, "product/4", 10, null))).containsExactly(one);
            assertThat(ids(query(PROJECT, "PRODUCT", 10, null))).containsExactly(one);
            assertThat(ids(query(PROJECT, "Red_100%", 10, null))).containsExactly(one);
            assertThat(ids(query(PROJECT, "Red%", 10, null))).isEmpty();
            assertThat(ids(query(PROJECT, "d_1", 10, null))).containsExactly(one);
            assertThat(ids(query(PROJECT, "e_1", 10, null))).isEmpty();
            assertThat(ids(query(PROJECT, "shop.example", 10, null))).containsExactly(two, one);
            assertThat(ids(query(PROJECT, "'; DROP TABLE x; --", 10, null))).isEmpty();
            assertThat(ids(query(PROJECT, "\u0000\ud800\\", 10, null))).isEmpty();
        }

        @Test
        void searchFindsAnAddressAsPeopleReadItAndAsItWasSent() {
            UUID one = ended(T0, "https://shop.example/k%C3%A4se?q=alt%20%26%20neu", counts(0, 0), c -> {});
            assertThat(ids(query(PROJECT, "/käse", 10, null))).containsExactly(one);
            assertThat(ids(query(PROJECT, "k%C3%A4se", 10, null))).containsExactly(one);
            assertThat(ids(query(PROJECT, "q=alt ", 10, null))).containsExactly(one);
            assertThat(ids(query(PROJECT, "/kase", 10, null))).isEmpty();
        }

        @Test
        void filteredPagesJoin() {
            List<UUID> matching = new ArrayList<>();
            for (int i = 0; i < 1300; i++) {
                UUID id = seen(T0 + i, client(null, i % 7 == 0 ? "Firefox" : "Chrome"));
                if (i % 7 == 0) {
                    matching.add(0, id);
                }
            }
            List<UUID> seen = new ArrayList<>();
            String cursor = null;
            do {
                String place = cursor;
                SessionPage page = catalog.find(with(q -> {
                    q.browser = "Firefox";
                    q.limit = 40;
                    q.cursor = place;
                }));
                assertThat(page.items().size()).isLessThanOrEqualTo(40);
                page.items().forEach(item -> seen.add(item.id()));
                cursor = page.next();
                assertThat(page.scannedTo() == 0).isEqualTo(cursor == null);
            } while (cursor != null);
            assertThat(seen).containsExactlyElementsOf(matching);
        }

        /** Addresses that begin alike, in an order of their own. */
        @ParameterizedTest
        @ValueSource(strings = {"10.1.", "10.1.2"})
        void pagesOfAnAddressesBeginningJoin(String beginning) {
            List<UUID> matching = new ArrayList<>();
            List<UUID> firefox = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String ip = (i % 3 == 0 ? "10.2." : "10.1.") + i * 37 % 251 + "." + i % 7;
                String browser = i % 5 == 0 ? "Firefox" : "Chrome";
                UUID id = seen(T0 + i, client(ip, browser));
                if (ip.startsWith(beginning)) {
                    matching.add(0, id);
                    if (i % 5 == 0) {
                        firefox.add(0, id);
                    }
                }
            }
            assertThat(pages(beginning, null)).containsExactlyElementsOf(matching);
            assertThat(pages(beginning, "Firefox")).containsExactlyElementsOf(firefox);
        }

        private List<UUID> pages(String word, @Nullable String browser) {
            List<UUID> seen = new ArrayList<>();
            String cursor = null;
            do {
                String place = cursor;
                SessionPage page = catalog.find(with(q -> {
                    q.q = word;
                    q.browser = browser;
                    q.limit = 7;
                    q.cursor = place;
                }));
                page.items().forEach(item -> seen.add(item.id()));
                cursor = page.next();
            } while (cursor != null);
            return seen;
        }

        @Test
        void bucketsCountWhatStartedInThem() {
            ended(T0, "https://x/", counts(1, 0));
            ended(T0 + 999, "https://x/", counts(0, 0));
            ended(T0 + 1000, "https://x/", counts(0, 0));
            ended(T0 + 4000, "https://x/", counts(0, 0));
            assertThat(catalog.buckets(PROJECT, T0, T0 + 4000, 4))
                    .containsExactly(
                            new Bucket(T0, T0 + 1000, 2, 1),
                            new Bucket(T0 + 1000, T0 + 2000, 1, 0),
                            new Bucket(T0 + 2000, T0 + 3000, 0, 0),
                            new Bucket(T0 + 3000, T0 + 4000, 0, 0));
        }
    }

    @Nested
    @DisplayName("text that browsers send")
    class Texts {
        @Test
        void tooLongIsCutWithAMark() {
            String endless = "https://shop.example/" + "ä".repeat(100_000);
            UUID id = ended(
                    T0,
                    endless,
                    counts(0, 0),
                    c -> c.url(endless)
                            .user("u".repeat(5000))
                            .events("e".repeat(5000))
                            .markers(new MarkerRow(T0, "error", "m".repeat(5000)))
                            .client(client("1".repeat(500), "b".repeat(500))));
            SessionRow row = catalog.session(PROJECT, id).orElseThrow();
            assertThat(row.url()).endsWith("ä…").hasSizeLessThanOrEqualTo(2000);
            assertThat(row.user()).endsWith("u…");
            assertThat(row.browser()).endsWith("b…");
            assertThat(catalog.markers(PROJECT, id).get(0).label())
                    .endsWith("m…")
                    .hasSize(200);
            assertThat(ids(with(q -> q.user = "u".repeat(5000)))).containsExactly(id);
            assertThat(ids(with(q -> q.event = "e".repeat(5000)))).containsExactly(id);
        }

        @Test
        void nulIsDroppedAndBrokenPairsAreRepaired() {
            UUID id = ended(
                    T0,
                    "https://x/\u0000a\ud800b\udc00😀",
                    counts(0, 0),
                    c -> c.url("\u0000ü\ud83d").user("a\u0000b"));
            SessionRow row = catalog.session(PROJECT, id).orElseThrow();
            assertThat(row.url()).isEqualTo("ü\ufffd");
            assertThat(row.user()).isEqualTo("ab");
            assertThat(catalog.segments(PROJECT, id).get(0).pages().get(0).url())
                    .isEqualTo("https://x/a\ufffdb\ufffd😀");
        }

        @Test
        void wildTimesAreKept() {
            UUID id = id(T0);
            long epoch = catalog.nextEpoch(PROJECT, id);
            long year9999 = 253_402_300_799_000L;
            SegmentRow segment = segment(id, epoch, counts(0, 0), page("p", "https://x/", -5, year9999));
            assertThat(catalog.commit(committing(id, segment, epoch)
                            .activity(new long[] {-5, 1}, new long[] {year9999, 1})
                            .row()))
                    .isTrue();
            assertThat(catalog.session(PROJECT, id).orElseThrow().endedAt()).isEqualTo(year9999);
        }
    }

    @Test
    void healthyCatalogSaysSo() {
        assertThat(catalog.health().up()).isTrue();
    }

    private static SessionQuery with(java.util.function.Consumer<Asked> change) {
        Asked asked = new Asked();
        change.accept(asked);
        return new SessionQuery(
                PROJECT,
                asked.q,
                asked.errors,
                asked.status,
                asked.browser,
                asked.os,
                asked.country,
                asked.user,
                asked.event,
                asked.failure,
                asked.active,
                asked.from,
                asked.to,
                asked.minDurationMs,
                asked.maxDurationMs,
                asked.limit,
                asked.cursor);
    }

    /** A query that tests change one by one. */
    private static final class Asked {
        private @Nullable String q;
        private boolean errors;
        private @Nullable String status;
        private @Nullable String browser;
        private @Nullable String os;
        private @Nullable String country;
        private @Nullable String user;
        private @Nullable String event;
        private @Nullable String failure;
        private boolean active;
        private long from;
        private long to;
        private long minDurationMs;
        private long maxDurationMs;
        private int limit = 50;
        private @Nullable String cursor;
    }
}

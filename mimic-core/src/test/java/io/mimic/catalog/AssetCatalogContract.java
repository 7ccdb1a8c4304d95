package io.mimic.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AssetCatalog} does. A subclass says how a catalog is opened. */
public abstract class AssetCatalogContract {
    private static final String URL = "https://shop.example/a.png";
    private static final String OTHER_URL = "https://shop.example/b.png";

    private SessionCatalog catalog;
    private AssetCatalog assets;

    /** A catalog that holds nothing. */
    protected abstract SessionCatalog open() throws Exception;

    @BeforeEach
    void openCatalog() throws Exception {
        catalog = open();
        assets = catalog.assets();
    }

    @AfterEach
    void closeCatalog() {
        catalog.close();
    }

    @Test
    void anAssetIsStoredOnceForAllSessions() {
        UUID first = begun("one");
        UUID second = begun("one");
        AssetRow asset = asset("s1", "o1");

        assertThat(assets.keep("one", first, URL, asset, 1)).contains(asset);
        assertThat(assets.keep("one", second, OTHER_URL, asset("s1", "o2"), 2))
                .as("the object that came first stays")
                .contains(asset);
        assertThat(assets.refer("one", second, URL, "s1")).isTrue();
        assertThat(assets.refer("one", second, URL, "s1")).as("told again").isTrue();

        assertThat(assets.list("one", first)).containsExactly(new SessionAsset(URL, asset));
        assertThat(assets.list("one", second))
                .containsExactly(new SessionAsset(URL, asset), new SessionAsset(OTHER_URL, asset));
        assertThat(catalog.knowsObject("o1")).isTrue();
        assertThat(catalog.knowsObject("o2")).isFalse();
    }

    @Test
    void whatASessionShowsAtAnAddressStays() {
        UUID session = begun("one");
        assets.keep("one", session, URL, asset("s1", "o1"), 1);

        assertThat(assets.keep("one", session, URL, asset("s2", "o2"), 2)).contains(asset("s1", "o1"));
        assertThat(catalog.knowsObject("o2")).isFalse();
        assertThat(assets.list("one", session)).hasSize(1);
    }

    @Test
    void onlyItsProjectAndOnlyASessionThatShowsItHaveIt() {
        UUID session = begun("one");
        UUID sameProject = begun("one");
        UUID otherProject = begun("two");
        assets.keep("one", session, URL, asset("s1", "o1"), 1);

        assertThat(assets.find("one", session, "s1")).contains(asset("s1", "o1"));
        assertThat(assets.find("one", sameProject, "s1")).isEmpty();
        assertThat(assets.find("two", session, "s1")).isEmpty();
        assertThat(assets.refer("two", otherProject, URL, "s1")).isFalse();
        assertThat(assets.keep("two", otherProject, URL, asset("s1", "o2"), 1)).contains(asset("s1", "o2"));
    }

    @Test
    void anAssetGoesWithTheLastSessionThatShowsIt() {
        UUID first = begun("one");
        UUID second = begun("one");
        assets.keep("one", first, URL, asset("s1", "o1"), 1);
        assets.keep("one", first, OTHER_URL, asset("s2", "o2"), 1);
        assets.refer("one", second, URL, "s1");

        assertThat(catalog.erase("one", first)).containsExactly("o2");
        assertThat(assets.list("one", first)).isEmpty();
        assertThat(assets.list("one", second)).hasSize(1);
        assertThat(catalog.erase("one", second)).containsExactly("o1");
        assertThat(catalog.knowsObject("o1")).isFalse();
    }

    @Test
    void anErasedSessionOrOneThatWasNeverCommittedGetsNone() {
        UUID session = begun("one");
        assets.keep("one", session, URL, asset("s1", "o1"), 1);
        UUID erased = begun("one");
        catalog.erase("one", erased);

        for (UUID none : List.of(erased, UUID.randomUUID())) {
            assertThat(assets.keep("one", none, URL, asset("s2", "o2"), 1)).isEmpty();
            assertThat(assets.refer("one", none, URL, "s1")).isFalse();
            assertThat(assets.list("one", none)).isEmpty();
        }
        assertThat(catalog.knowsObject("o2")).isFalse();
    }

    /** Whoever erases and whoever refers meet at the asset's row: no session is left with a row whose object is gone. */
    @Test
    void nothingIsRemovedWhileSomebodyBeginsToShowIt() throws Exception {
        Set<String> removed = ConcurrentHashMap.newKeySet();
        List<UUID> kept = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Optional<UUID>>> work = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                boolean stays = i % 5 == 0;
                String object = "o" + i;
                work.add(() -> {
                    UUID session = begun("one");
                    if (!assets.refer("one", session, URL, "s1")) {
                        assets.keep("one", session, URL, asset("s1", object), 1);
                    }
                    if (!stays) {
                        removed.addAll(catalog.erase("one", session));
                        return Optional.empty();
                    }
                    return Optional.of(session);
                });
            }
            for (Future<Optional<UUID>> done : threads.invokeAll(work)) {
                done.get().ifPresent(kept::add);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(kept)
                .hasSize(24)
                .allSatisfy(session -> assertThat(assets.list("one", session))
                        .singleElement()
                        .satisfies(shown ->
                                assertThat(removed).doesNotContain(shown.asset().object())));
    }

    private UUID begun(String project) {
        UUID session = UUID.randomUUID();
        catalog.nextEpoch(project, session);
        return session;
    }

    private static AssetRow asset(String sha256, String object) {
        return new AssetRow(sha256, object, "image/png", 7);
    }
}

package io.mimic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mimic.catalog.AccessCatalog;
import io.mimic.catalog.AssetCatalog;
import io.mimic.catalog.SessionCatalog;
import io.mimic.metric.Counters;
import io.mimic.metric.StoreKind;
import io.mimic.store.StoreException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeferredTest {
    private final Counters counters = new Counters();
    private final Stores stores = new Stores(counters);
    private final SessionCatalog catalog = stores.catalog().proxy();

    @Test
    void callsOfACatalogsPartsCountAsTheCatalogs() {
        AccessCatalog access = failing(AccessCatalog.class);
        AssetCatalog assets = failing(AssetCatalog.class);
        stores.catalog().open(handingOut(access, assets));

        assertFails(() -> catalog.access().viewerHash("shop"));
        assertFails(() -> catalog.access().removals());
        assertFails(() -> catalog.assets().list("shop", new UUID(0, 1)));

        assertThat(counters.storeErrors(StoreKind.CATALOG)).isEqualTo(3);
        assertThat(counters.storeErrors(StoreKind.BUFFER)).isZero();
    }

    @Test
    void catalogThatIsNotOpenCountsOnce() {
        assertFails(() -> catalog.access().viewerHash("shop"));

        assertThat(counters.storeErrors(StoreKind.CATALOG)).isEqualTo(1);
    }

    private static void assertFails(Runnable call) {
        assertThatExceptionOfType(StoreException.class).isThrownBy(call::run);
    }

    private static SessionCatalog handingOut(AccessCatalog access, AssetCatalog assets) {
        return made(
                SessionCatalog.class,
                (self, method, arguments) -> method.getName().equals("access") ? access : assets);
    }

    private static <T> T failing(Class<T> type) {
        return made(type, (self, method, arguments) -> {
            throw new StoreException("The catalog is away.", null);
        });
    }

    private static <T> T made(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

package io.mimic;

import io.mimic.metric.Counters;
import io.mimic.metric.StoreKind;
import io.mimic.store.StoreException;
import io.mimic.store.StoreHealth;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store that may not be open yet: what uses it is told so by {@link StoreException}, the same way as when an open store is down, and works
 * as soon as it is there. Thread-safe.
 *
 * @param <T> a store's interface
 */
final class Deferred<T> {
    private final T proxy;
    private volatile @Nullable T store;
    private volatile String reason = "is being opened";

    /**
     * @param counters of the calls that fail, also since the store is not open
     * @param parts interfaces that the store hands out, whose calls count as its own
     */
    Deferred(Class<T> type, StoreKind kind, Counters counters, Class<?>... parts) {
        Set<Class<?>> counted = Set.of(parts);
        this.proxy = type.cast(counting(type, kind, counters, (self, method, arguments) -> {
            Object answer = call(kind.label(), method, arguments);
            return answer != null && counted.contains(method.getReturnType())
                    ? counting(method.getReturnType(), kind, counters, (part, of, given) -> invoke(answer, of, given))
                    : answer;
        }));
    }

    private static Object counting(Class<?> type, StoreKind kind, Counters counters, InvocationHandler calls) {
        InvocationHandler handler = (self, method, arguments) -> {
            try {
                return calls.invoke(self, method, arguments);
            } catch (StoreException e) {
                if (!e.isFull()) {
                    counters.failed(kind);
                }
                throw e;
            }
        };
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    /** To be used in place of the store, from the start. */
    T proxy() {
        return proxy;
    }

    boolean isOpen() {
        return store != null;
    }

    void open(T opened) {
        store = opened;
    }

    /** @param because follows the store's name in messages */
    void shut(String because) {
        reason = because;
        store = null;
    }

    private @Nullable Object call(String name, Method method, Object @Nullable [] arguments) throws Throwable {
        T target = store;
        if (target != null && !method.getName().equals("close")) {
            return invoke(target, method, arguments);
        }
        String message = "The " + name + " " + reason + ".";
        return switch (method.getName()) {
            case "close" -> null;
            case "health" -> StoreHealth.down(message);
            case "toString" -> message;
            case "hashCode" -> System.identityHashCode(this);
            case "equals" -> arguments != null && arguments[0] == proxy;
            default -> throw new StoreException(message, null);
        };
    }

    private static @Nullable Object invoke(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}

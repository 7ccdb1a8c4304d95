package io.mimic.archive;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a store and does what a test wants just before or after a method, once. */
public final class Tripwire<T> {
    private final Map<String, Runnable> before = new ConcurrentHashMap<>();
    private final Map<String, Runnable> after = new ConcurrentHashMap<>();
    private final T proxy;

    public Tripwire(Class<T> type, T store) {
        InvocationHandler handler = (self, method, arguments) -> {
            run(before.remove(method.getName()));
            try {
                Object answer = method.invoke(store, arguments);
                run(after.remove(method.getName()));
                return answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        this.proxy = type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static void run(Runnable action) {
        if (action != null) {
            action.run();
        }
    }

    public T proxy() {
        return proxy;
    }

    public void before(String method, Runnable action) {
        before.put(method, action);
    }

    public void after(String method, Runnable action) {
        after.put(method, action);
    }
}

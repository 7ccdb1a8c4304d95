package io.mimic.asset;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Paths without a telling ending that the app has answered a visitor with a picture, a font or a style sheet. These alone may be asked for again: whatever
 * else a recording names, the app is not made to do. Thread-safe.
 */
final class AnsweredPaths {
    private static final int MOST = 2_000;
    private static final int LONGEST = 300;

    private final Map<String, Boolean> paths = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    /**
     * @param path with its query, as it stood in the request
     * @param type the answer's content type; null when it had none
     */
    void add(String path, @Nullable String type) {
        if (type == null || path.length() > LONGEST || !shows(type)) {
            return;
        }
        synchronized (paths) {
            paths.put(path, true);
        }
    }

    boolean contains(String path) {
        synchronized (paths) {
            return paths.get(path) != null;
        }
    }

    /** Asked of most answers of the host: makes no text. */
    static boolean shows(String type) {
        return begins(type, "image/") || begins(type, "font/") || begins(type, AssetTypes.CSS);
    }

    private static boolean begins(String type, String kind) {
        return type.regionMatches(true, 0, kind, 0, kind.length());
    }
}

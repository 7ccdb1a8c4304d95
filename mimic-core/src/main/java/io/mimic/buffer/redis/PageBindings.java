package io.mimic.buffer.redis;

import io.mimic.buffer.SessionBounds;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pages' bindings in Redis, with a memory of this node that saves asking again. The memory may be stale: the session itself refuses then,
 * and Redis is asked.
 */
final class PageBindings {
    private static final int REMEMBERED = 50_000;

    private final RedisLink link;
    private final RedisKeys keys;
    private final LongSupplier shift;
    private final long keptMs;
    private final Map<String, PageBinding> memory = Collections.synchronizedMap(new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PageBinding> eldest) {
            return size() > REMEMBERED;
        }
    });

    PageBindings(RedisLink link, RedisKeys keys, SessionBounds bounds, LongSupplier shift) {
        this.link = link;
        this.keys = keys;
        this.shift = shift;
        this.keptMs = bounds.maxDuration()
                .plus(bounds.resume())
                .plus(Duration.ofHours(2))
                .toMillis();
    }

    /** @param session what the page is bound to when it is new */
    PageBinding bind(String project, String page, UUID session, boolean fresh) {
        @Nullable PageBinding known = memory.get(name(project, page));
        return known != null
                ? known
                : answer(
                        project,
                        page,
                        RedisScript.BIND,
                        new Arguments()
                                .add(shift.getAsLong())
                                .add(session.toString())
                                .add(fresh ? PageBinding.FRESH : PageBinding.TOKEN)
                                .add(keptMs));
    }

    /**
     * Binds a page anew, unless somebody else did.
     *
     * @param minAge a younger binding stays
     * @param holds whether the session before holds batches of the page
     */
    PageBinding rebind(
            String project,
            String page,
            PageBinding before,
            UUID session,
            boolean fresh,
            Duration minAge,
            boolean holds) {
        return answer(
                project,
                page,
                RedisScript.REBIND,
                new Arguments()
                        .add(shift.getAsLong())
                        .add(before.session().toString())
                        .add(session.toString())
                        .add(fresh ? PageBinding.FRESH : PageBinding.TOKEN)
                        .add(keptMs)
                        .add(minAge.toMillis())
                        .add(holds));
    }

    private PageBinding answer(String project, String page, RedisScript script, Arguments arguments) {
        Object answer = link.run("bind a page", script, List.of(keys.page(project, page)), arguments);
        if (!(answer instanceof byte[] text)) {
            throw new io.mimic.store.StoreException("Redis answered nonsense about a page: " + answer, null);
        }
        PageBinding binding = PageBinding.parse(RedisLink.text(text));
        memory.put(name(project, page), binding);
        return binding;
    }

    private static String name(String project, String page) {
        return project + ":" + page;
    }
}

package io.mimic.buffer.redis;

import io.mimic.store.StoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of the servers themselves. */
final class RedisServers {
    private RedisServers() {}

    /** @throws StoreException when the servers cannot do what the settings ask for */
    static void check(RedisLink link, RedisSettings settings) {
        String version = ask(link, new RedisKeys(settings.prefix())).text(1);
        if (version.isEmpty()) {
            return;
        }
        int dot = version.indexOf('.');
        int number = Integer.parseInt(version.substring(0, dot)) * 100 + Integer.parseInt(version.substring(dot + 1));
        if (settings.waitAof() && number < 702) {
            throw new StoreException(
                    "mimic.redis.wait-aof needs Redis 7.2 or later, which knows WAITAOF; the one at " + settings
                            + " is " + version + ".",
                    null);
        }
        if (number < 500) {
            throw new StoreException(
                    "MIMIC needs Redis 5 or later; the one at " + settings + " is " + version + ".", null);
        }
    }

    /** ms since the epoch by the clock of the server that holds partition 0. */
    static long time(RedisLink link, RedisKeys keys) {
        return ask(link, keys).number(0);
    }

    private static Reply ask(RedisLink link, RedisKeys keys) {
        @Nullable
        Reply reply = Reply.of(link.run("tell its time", RedisScript.SERVER, List.of(keys.due(0)), new Arguments()));
        if (reply == null) {
            throw new StoreException("Redis did not tell its time.", null);
        }
        return reply;
    }
}

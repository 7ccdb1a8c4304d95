package io.mimic.buffer.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mimic.buffer.ChunkKey;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of a session's hash that hold batches: {@code page:seq}, the value being raw size, space, chunk. */
final class SessionFields {
    private static final Pattern BATCH = Pattern.compile("[0-9a-f]+:[0-9]+");
    private static final String PAGE = "p:";

    private SessionFields() {}

    static String name(ChunkKey key) {
        return key.page() + ":" + key.seq();
    }

    static byte[] bytes(String field) {
        return field.getBytes(UTF_8);
    }

    static byte[] value(long rawBytes, byte[] chunk) {
        byte[] size = bytes(rawBytes + " ");
        byte[] value = Arrays.copyOf(size, size.length + chunk.length);
        System.arraycopy(chunk, 0, value, size.length, chunk.length);
        return value;
    }

    static byte[] body(byte[] value) {
        int space = 0;
        while (space < value.length && value[space] != ' ') {
            space++;
        }
        return Arrays.copyOfRange(value, Math.min(space + 1, value.length), value.length);
    }

    /** Batches page by page as the session first saw these, each by number. */
    static List<String> inOrder(RedisLink link, byte[] events) {
        List<String> fields = link.call("list a session's batches", jedis -> jedis.hkeys(events)).stream()
                .map(RedisLink::text)
                .toList();
        Map<String, Integer> places = places(
                link,
                events,
                fields.stream().filter(field -> field.startsWith(PAGE)).toList());
        return fields.stream()
                .filter(field -> BATCH.matcher(field).matches())
                .sorted(Comparator.<String>comparingInt(field -> places.getOrDefault(page(field), Integer.MAX_VALUE))
                        .thenComparing(SessionFields::page)
                        .thenComparingInt(SessionFields::seq))
                .toList();
    }

    /** The third word of what the session knows of a page; see library.lua. */
    static int firstSeq(RedisLink link, byte[] events, String page) {
        byte @Nullable [] known = link.call("read a session's page", jedis -> jedis.hget(events, bytes(PAGE + page)));
        return known == null ? 0 : Integer.parseInt(RedisLink.text(known).split(" ", 4)[2]);
    }

    private static Map<String, Integer> places(RedisLink link, byte[] events, List<String> pages) {
        Map<String, Integer> places = new HashMap<>();
        if (pages.isEmpty()) {
            return places;
        }
        byte[][] names = pages.stream().map(SessionFields::bytes).toArray(byte[][]::new);
        List<byte[]> values = link.call("list a session's pages", jedis -> jedis.hmget(events, names));
        for (int i = 0; i < pages.size(); i++) {
            String value = values.get(i) == null ? "0" : RedisLink.text(values.get(i));
            places.put(pages.get(i).substring(PAGE.length()), Integer.valueOf(value.split(" ", 2)[0]));
        }
        return places;
    }

    private static String page(String field) {
        return field.substring(0, field.indexOf(':'));
    }

    private static int seq(String field) {
        return Integer.parseInt(field.substring(field.indexOf(':') + 1));
    }
}

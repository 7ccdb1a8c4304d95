package io.mimic.buffer.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments of a script, in order. */
final class Arguments {
    private final List<byte[]> values = new ArrayList<>();

    Arguments add(@Nullable String text) {
        values.add((text == null ? "" : text).getBytes(UTF_8));
        return this;
    }

    Arguments add(long number) {
        return add(String.valueOf(number));
    }

    Arguments add(boolean flag) {
        return add(flag ? "1" : "0");
    }

    Arguments add(byte[] bytes) {
        values.add(bytes);
        return this;
    }

    List<byte[]> list() {
        return values;
    }
}

package io.mimic.buffer.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a script answered: texts and numbers. */
record Reply(List<?> values) {
    static @Nullable Reply of(@Nullable Object answer) {
        return answer instanceof List<?> list ? new Reply(list) : null;
    }

    String text(int index) {
        return values.get(index) instanceof byte[] bytes ? new String(bytes, UTF_8) : String.valueOf(values.get(index));
    }

    long number(int index) {
        return values.get(index) instanceof Long number ? number : Long.parseLong(text(index));
    }

    /** Empty text means that there is none. */
    @Nullable
    String textOrNull(int index) {
        String text = text(index);
        return text.isEmpty() ? null : text;
    }
}

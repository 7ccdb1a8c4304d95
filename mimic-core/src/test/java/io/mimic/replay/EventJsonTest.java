package io.mimic.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    @Test
    void findsTheTypeWhereverItStands() throws IOException {
        assertThat(EventJson.type(bytes("{\"type\":4,\"data\":{\"type\":9}}"))).isEqualTo(4);
        assertThat(EventJson.type(bytes("{\"data\":{\"type\":9,\"a\":[1]},\"timestamp\":1,\"type\":2}")))
                .isEqualTo(2);
        assertThat(EventJson.type(bytes("{\"data\":{}}"))).isEqualTo(-1);
    }

    @Test
    void changesOnlyTheEventsOwnTimestamp() throws IOException {
        String event = "{ \"data\":{\"timestamp\":5,\"ü\":1.50e3}, \"timestamp\" : 1700000000000,\"type\":3}";

        assertThat(new String(EventJson.withTimestamp(bytes(event), 42), StandardCharsets.UTF_8))
                .isEqualTo("{ \"data\":{\"timestamp\":5,\"ü\":1.50e3}, \"timestamp\" : 42,\"type\":3}");
    }

    @Test
    void tellsObjectsFromWhatWasCut() {
        assertThat(EventJson.isObject("{\"a\":{\"b\":[1]}}")).isTrue();
        assertThat(EventJson.isObject("{\"a\":{\"b\":[1…")).isFalse();
        assertThat(EventJson.isObject("[]")).isFalse();
        assertThat(EventJson.isObject("{} {}")).isFalse();
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}

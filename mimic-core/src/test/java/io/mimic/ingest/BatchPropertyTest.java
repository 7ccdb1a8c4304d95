package io.mimic.ingest;

import static io.mimic.ingest.IngestFixture.NOW;
import static io.mimic.ingest.IngestFixture.bytes;
import static io.mimic.ingest.IngestFixture.gzip;
import static io.mimic.ingest.IngestFixture.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.buffer.Chunk;
import io.mimic.buffer.ChunkCodec;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class BatchPropertyTest {
    /** An event as it is sent, and what it must become. */
    record Sent(int type, long timestamp, String json) {
        String line() {
            return timestamp + "\t" + json.replace('\n', ' ').replace('\r', ' ') + "\n";
        }
    }

    @Property(tries = 300)
    void everyEventKeepsItsOwnBytesHoweverTheBodyArrives(
            @ForAll @Size(max = 40) List<@net.jqwik.api.From("events") Sent> events,
            @ForAll boolean gzip,
            @ForAll long seed)
            throws Exception {
        String blank = new Random(seed).nextBoolean() ? " \n" : "";
        byte[] body = bytes(head(0) + blank + "\"events\":" + blank + "["
                + events.stream().map(Sent::json).collect(Collectors.joining("," + blank)) + "]}" + blank);

        try (IngestFixture ingest = new IngestFixture()) {
            byte[] sent = gzip ? gzip(body) : body;
            ingest.send(dribble(sent, new Random(seed)));

            assertThat(text(ingest.buffer.onlyChunk().timeline())).isEqualTo(lines(events, true));
            assertThat(text(ingest.buffer.onlyChunk().dom())).isEqualTo(lines(events, false));
            assertThat(ingest.buffer.onlyChunk().summary().events()).isEqualTo(events.size());
            assertThat(ingest.buffer.onlyChunk().sent() != null)
                    .isEqualTo(gzip && sent.length <= ingest.buffer.onlyChunk().rawBytes());
            Chunk read = ChunkCodec.decode(ChunkCodec.encode(ingest.buffer.onlyChunk()));
            assertThat(text(read.timeline())).isEqualTo(lines(events, true));
            assertThat(text(read.dom())).isEqualTo(lines(events, false));
        }
    }

    @Provide
    Arbitrary<Sent> events() {
        Arbitrary<String> texts = Arbitraries.of(
                "",
                "a",
                "ü",
                "😀",
                "\\\"",
                "\\\\",
                "\\u0000",
                "\\ud800",
                "}",
                "{",
                "[",
                ",",
                "\\n",
                "x".repeat(9_000),
                "é".repeat(5_001));
        Arbitrary<String> blanks = Arbitraries.of("", "", " ", "\n", "\r\n", "\t");
        return Combinators.combine(
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.longs().between(NOW - 1_000_000, NOW),
                        texts.list().ofMaxSize(5),
                        blanks,
                        Arbitraries.integers().between(0, 2))
                .as(BatchPropertyTest::sent);
    }

    private static Sent sent(int type, long timestamp, List<String> texts, String blank, int order) {
        String list = texts.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining("," + blank));
        String data = "\"data\":" + blank + "{\"a\":[" + list + "],\"b\":{\"c\":-1.5e3" + blank + "}}";
        String typeField = "\"type\":" + blank + type;
        String timeField = "\"timestamp\":" + timestamp;
        List<String> fields = switch (order) {
            case 0 -> List.of(typeField, data, timeField);
            case 1 -> List.of(timeField, data, typeField);
            default -> List.of(typeField, timeField, "\"delay\":5", data);
        };
        return new Sent(type, timestamp, "{" + blank + String.join("," + blank, fields) + blank + "}");
    }

    private static String lines(List<Sent> events, boolean timeline) {
        return events.stream()
                .filter(event -> event.type() >= 4 == timeline)
                .map(Sent::line)
                .collect(Collectors.joining());
    }

    /** Gives as few bytes at a time as a slow network may. */
    private static InputStream dribble(byte[] body, Random random) {
        return new ByteArrayInputStream(body) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(5_000)));
            }
        };
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

package io.mimic.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mimic.privacy.Scrubber;
import io.mimic.privacy.Scrubber.Effort;
import io.mimic.privacy.Scrubber.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the walk takes, a parser that knows all of JSON takes too and sees the same in it; what is usual it does take. */
class EventWalkTest {
    private static final int TRIES = 40_000;
    private static final int DEEPEST = 12;
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        " ",
        "\n",
        "\t",
        "\"",
        "\\",
        "0",
        "-",
        "1",
        "12",
        ".",
        "e",
        "E+",
        "5",
        "true",
        "false",
        "null",
        "nul",
        "\"a\"",
        "\"type\":3",
        "\"type\":",
        "\"timestamp\":1795560043000",
        "\"timestamp\":",
        "\"data\":{",
        "\"data\":",
        "\"source\":2",
        "\"plugin\":\"mimic/identify@1\"",
        "\"t\\u0079pe\":2",
        "\"\\n\"",
        "\"\\x\"",
        "\"\\u00g0\"",
        "\"ann@example.org\"",
        "\"4111 1111 1111 1111\"",
        "\"Bearer abcdefgh12345\"",
        "\"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLWlzLWhlcmU\"",
        "\u0001",
        "\"\u0001\"",
        "é",
        "\"é\"",
        "x"
    };

    private static final Scrubber SCRUBBER = Scrubber.of(Scrubber.Scope.ALL, List.of());

    @Test
    void whatIsTakenIsJsonAndSaysTheSameToAParser() throws Exception {
        Random random = new Random(17);
        int taken = 0;
        for (int i = 0; i < TRIES; i++) {
            String text = i % 2 == 0 ? mutated(written(random, 0), random) : mutated(usual(random), random);
            byte[] json = text.getBytes(StandardCharsets.UTF_8);
            Walked walked = walk(json, random);
            if (walked.to() >= 0) {
                taken++;
                assertSameAsParser(json, walked, text);
            }
        }
        assertThat(taken).isGreaterThan(TRIES / 10);
    }

    @Test
    void whatIsWrittenAsRecordersDoIsTaken() throws Exception {
        Random random = new Random(19);
        for (int i = 0; i < 2_000; i++) {
            String text = usual(random);
            assertThat(walk(text.getBytes(StandardCharsets.UTF_8), random).to())
                    .as("%s", text)
                    .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":[1,]}",
                "{\"a\":[1}",
                "{\"a\":[}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":1e}",
                "{\"a\":+1}",
                "{\"a\":tru}",
                "{\"a\":truex}",
                "{\"a\":NaN}",
                "{\"a\":'b'}",
                "{\"a\":\"\\'\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":\"b",
                "{\"a\":\"b\\",
                "{\"a\" 1}",
                "{a:1}",
                "{\"type\":7}",
                "{\"type\":1,\"type\":1}",
                "{\"timestamp\":1.5}",
                "{\"timestamp\":-1}",
                "{\"data\":{},\"data\":{}}",
                "{\"d\\u0061ta\":{}}",
                "{\"data\":{\"s\\u006furce\":1}}",
                "{\"data\":{\"plugin\":\"mimic/identif\\u0079@1\"}}",
                "{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}"
            })
    void whatIsWrongOrUnusualIsLeft(String text) throws Exception {
        assertThat(walk(text.getBytes(StandardCharsets.UTF_8), new Random(1)).to())
                .isNegative();
    }

    /** What the walk told, and whether what it told lets the scrubber find the same as it finds alone. */
    private record Walked(int to, EventFacts facts, boolean scrubbedAlike) {}

    /** The bytes come a few at a time, and something else follows. */
    private static Walked walk(byte[] json, Random random) throws IOException {
        byte[] all = (new String(json, StandardCharsets.UTF_8) + ",").getBytes(StandardCharsets.UTF_8);
        int most = 1 + random.nextInt(60);
        ByteArrayInputStream in = new ByteArrayInputStream(all) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(most)));
            }
        };
        try (MemoryBudget.Share share = new MemoryBudget(1 << 24).open()) {
            EventBytes bytes = new EventBytes(new byte[0], 0, in, share);
            EventWalk walk = new EventWalk(bytes, DEEPEST);
            int to = walk.event(0);
            return new Walked(to, walk.facts(), to < 0 || scrubbedAlike(bytes.array(), to, walk));
        }
    }

    private static boolean scrubbedAlike(byte[] bytes, int to, EventWalk walk) {
        try {
            for (Kind kind : Kind.values()) {
                byte[] alone = SCRUBBER.json(bytes, 0, to, kind, new Effort(1 << 20));
                byte[] told = SCRUBBER.json(bytes, 0, to, kind, new Effort(1 << 20), walk.suspects());
                if (!java.util.Arrays.equals(alone, told)) {
                    return false;
                }
            }
            return true;
        } catch (Scrubber.TooMuchException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertSameAsParser(byte[] json, Walked walked, String text) throws IOException {
        assertThat(walked.scrubbedAlike()).as("%s", text).isTrue();
        int type = -1;
        long timestamp = -1;
        int source = -1;
        boolean hasData = false;
        boolean identity = false;
        try (JsonParser parser = new JsonFactory().createParser(json, 0, walked.to())) {
            assertThat(parser.nextToken()).as("%s", text).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("type")) {
                    type = parser.getIntValue();
                } else if (name.equals("timestamp")) {
                    timestamp = parser.getLongValue();
                } else if (name.equals("data")) {
                    hasData = true;
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        String inner = parser.currentName();
                        JsonToken value = parser.nextToken();
                        if (inner.equals("source") && value == JsonToken.VALUE_NUMBER_INT) {
                            source = parser.getIntValue();
                        } else if (inner.equals("plugin") && value == JsonToken.VALUE_STRING) {
                            identity = parser.getText().equals("mimic/identify@1");
                        } else {
                            parser.skipChildren();
                        }
                    }
                } else {
                    parser.skipChildren();
                }
            }
            assertThat(parser.currentToken()).as("%s", text).isEqualTo(JsonToken.END_OBJECT);
            assertThat(parser.nextToken()).as("%s", text).isNull();
        }
        boolean breaks = new String(json, 0, walked.to(), StandardCharsets.UTF_8).contains("\n");
        EventFacts facts = walked.facts();
        assertThat(new EventFacts(
                        facts.type(),
                        facts.timestamp(),
                        facts.source(),
                        facts.hasData(),
                        facts.identity(),
                        !breaks || facts.breaks()))
                .as("%s", text)
                .isEqualTo(new EventFacts(type, timestamp, source, hasData, identity, true));
    }

    private static String usual(Random random) {
        List<String> members = new ArrayList<>();
        members.add("\"type\":" + random.nextInt(7));
        members.add("\"timestamp\":" + (1_795_560_043_000L + random.nextInt(1_000)));
        String source = random.nextBoolean() ? "\"source\":" + random.nextInt(20) + "," : "";
        String plugin = random.nextInt(4) == 0 ? "\"plugin\":\"mimic/identify@1\"," : "";
        members.add("\"data\":{" + source + plugin + "\"rest\":" + written(random, 3) + "}");
        if (random.nextBoolean()) {
            members.add("\"delay\":" + written(random, 4));
        }
        java.util.Collections.shuffle(members, random);
        String blank = random.nextInt(3) == 0 ? " \n" : "";
        return "{" + blank + String.join("," + blank, members) + blank + "}";
    }

    private static String written(Random random, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(depth > 6 ? 6 : 8);
        String blank = random.nextInt(6) == 0 ? " " : "";
        return switch (kind) {
            case 1 -> "\"" + text(random) + "\"";
            case 2 -> String.valueOf(random.nextInt(4_000) - 2_000);
            case 3 -> random.nextInt(100) + "." + random.nextInt(100) + (random.nextBoolean() ? "e-5" : "");
            case 4 -> random.nextBoolean() ? "true" : "false";
            case 5 -> "null";
            case 6 -> {
                List<String> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(written(random, depth + 1));
                }
                yield "[" + blank + String.join("," + blank, items) + blank + "]";
            }
            default -> {
                List<String> members = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    members.add("\"" + text(random) + "\"" + blank + ":" + blank + written(random, depth + 1));
                }
                yield "{" + blank + String.join("," + blank, members) + blank + "}";
            }
        };
    }

    private static String text(Random random) {
        String[] texts = {
            "",
            "a",
            "type",
            "data",
            "source",
            "plugin",
            "timestamp",
            "class name",
            "é€😀",
            "\\n",
            "\\\"",
            "\\u00e9",
            "\\\\",
            "ann@example.org",
            "ann%40example.org",
            "4111 1111 1111 1111",
            "4111-11",
            "1795560043000",
            "Bearer abcdefgh12345",
            "the music ",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLWlzLWhlcmU",
            "key",
            "x".repeat(90)
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            text.append(texts[random.nextInt(texts.length)]);
        }
        return text.toString();
    }

    private static String mutated(String text, Random random) {
        StringBuilder out = new StringBuilder(text);
        for (int i = random.nextInt(3); i > 0 && out.length() > 1; i--) {
            int at = random.nextInt(out.length());
            if (random.nextBoolean()) {
                out.insert(at, PIECES[random.nextInt(PIECES.length)]);
            } else {
                out.delete(at, Math.min(out.length(), at + 1 + random.nextInt(3)));
            }
        }
        // half of a character beyond the basic plane is no UTF-8, which is refused elsewhere
        return out.toString().replaceAll("[\\ud800-\\udfff]", "?");
    }
}

package io.mimic.benchmarks;

import java.util.Random;

/** Visits as a recorder sees them: every page begins with a snapshot of a server-rendered document that resembles the others, then things happen. */
public final class Visits {
    private static final String[] WORDS =
            ("account basket bicycle blue cable camera chain checkout classic comfort delivery discount frame "
                            + "front gear green handle helmet light list mountain order pedal price product rear red review road saddle sale search "
                            + "service shipping size spare steel stock support tail touring train wheel white winter")
                    .split(" ");

    private Visits() {}

    /** Events as JSON lines. */
    public static String of(int pages, int eventsAPage) {
        Random random = new Random(11);
        StringBuilder out = new StringBuilder();
        long at = 1_795_560_043_000L;
        for (int page = 0; page < pages; page++) {
            out.append("{\"type\":4,\"data\":{\"href\":\"https://shop.example/list?page=")
                    .append(page)
                    .append("\",\"width\":1280,\"height\":720},\"timestamp\":")
                    .append(at)
                    .append("}\n{\"type\":2,\"data\":{\"node\":{\"type\":0,\"childNodes\":[");
            // Head, style and navigation are the same on every page of an app; what is between them differs.
            nodes(out, new Random(5), 2, 1_200);
            out.append(',');
            nodes(out, new Random(page), 1_200, 1_800);
            out.append("],\"id\":1},\"initialOffset\":{\"left\":0,\"top\":0}},\"timestamp\":")
                    .append(at)
                    .append("}\n");
            for (int event = 0; event < eventsAPage; event++) {
                at += 20 + random.nextInt(300);
                event(out, random, at);
            }
        }
        return out.toString();
    }

    private static void nodes(StringBuilder out, Random random, int from, int to) {
        for (int id = from; id < to; id++) {
            out.append(id == from ? "" : ",")
                    .append("{\"type\":2,\"tagName\":\"")
                    .append(id % 7 == 0 ? "a" : "div")
                    .append("\",\"attributes\":{\"class\":\"")
                    .append(words(random, 2))
                    .append("\",\"href\":\"/")
                    .append(words(random, 1))
                    .append("\"},\"childNodes\":[{\"type\":3,\"textContent\":\"")
                    .append(words(random, 6))
                    .append("\",\"id\":")
                    .append(id + 10_000)
                    .append("}],\"id\":")
                    .append(id)
                    .append('}');
        }
    }

    private static void event(StringBuilder out, Random random, long at) {
        if (random.nextInt(3) > 0) {
            out.append("{\"type\":3,\"data\":{\"source\":1,\"positions\":[");
            for (int i = 0; i < 8; i++) {
                out.append(i == 0 ? "" : ",")
                        .append("{\"x\":")
                        .append(random.nextInt(1280))
                        .append(",\"y\":")
                        .append(random.nextInt(720))
                        .append(",\"id\":")
                        .append(random.nextInt(1_800))
                        .append(",\"timeOffset\":-")
                        .append(450 - 50 * i)
                        .append('}');
            }
            out.append("]},\"timestamp\":").append(at).append("}\n");
        } else {
            out.append("{\"type\":3,\"data\":{\"source\":0,\"texts\":[{\"id\":")
                    .append(random.nextInt(1_800))
                    .append(",\"value\":\"")
                    .append(words(random, 4))
                    .append("\"}],\"attributes\":[],\"removes\":[],\"adds\":[]},\"timestamp\":")
                    .append(at)
                    .append("}\n");
        }
    }

    private static String words(Random random, int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return words.toString();
    }
}

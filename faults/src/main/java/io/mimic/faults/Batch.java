package io.mimic.faults;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * One batch of a visitor, as a recorder would make it. Every event names its batch, so that whoever reads the session back can put it together again.
 *
 * @param page the page
 * @param seq its number in the page
 * @param events each event's JSON
 */
record Batch(String page, int seq, List<String> events) {
    /**
     * @param snapshot whether it begins with a full snapshot
     * @param at the browser's time
     */
    static Batch of(String page, int seq, boolean snapshot, long at, Random random) {
        String mark = "\"batch\":\"" + page + ":" + seq + "\"";
        List<String> events = new ArrayList<>();
        if (snapshot) {
            events.add("{\"type\":4,\"data\":{\"href\":\"http://shop.example/" + page.substring(0, 6)
                    + "\",\"width\":1200,\"height\":800," + mark + "},\"timestamp\":" + at + "}");
            events.add(
                    "{\"type\":2,\"data\":{\"node\":{\"type\":0,\"childNodes\":[{\"type\":2,\"tagName\":\"html\",\"attributes\":{},"
                            + "\"childNodes\":[" + text(random, 3, 1500)
                            + "],\"id\":2}],\"id\":1},\"initialOffset\":{\"left\":0,\"top\":0},"
                            + mark + "},\"timestamp\":" + (at + 1) + "}");
        }
        for (int i = 0; i < 4; i++) {
            events.add(
                    "{\"type\":3,\"data\":{\"source\":0,\"texts\":[],\"attributes\":[],\"removes\":[],\"adds\":[{\"parentId\":2,"
                            + "\"nextId\":null,\"node\":" + text(random, 10 + seq * 10 + i, 400) + "}]," + mark
                            + "},\"timestamp\":" + (at + 2 + i) + "}");
        }
        events.add(
                "{\"type\":6,\"data\":{\"plugin\":\"rrweb/console@1\",\"payload\":{\"level\":\"log\",\"trace\":[],\"payload\":[\"\\\"order "
                        + random.nextInt(10_000) + "\\\"\"]}," + mark + "},\"timestamp\":" + (at + 6) + "}");
        return new Batch(page, seq, events);
    }

    private static String text(Random random, int id, int length) {
        byte[] bytes = new byte[length / 2];
        random.nextBytes(bytes);
        return "{\"type\":3,\"textContent\":\"" + HexFormat.of().formatHex(bytes) + "\",\"id\":" + id + "}";
    }

    /** The whole body of the request that is sent at this time. */
    byte[] body(String project, String window, long sentAt) {
        String meta = seq == 0
                ? "\"meta\":{\"url\":\"http://shop.example/" + page.substring(0, 6)
                        + "\",\"title\":\"Shop\",\"language\":\"en\",\"timeZone\":\"Europe/Berlin\",\"recorder\":\"faults\"},"
                : "";
        return ("{\"v\":1,\"project\":\"" + project + "\",\"window\":\"" + window + "\",\"page\":\"" + page
                        + "\",\"seq\":" + seq + ",\"sentAt\":" + sentAt + "," + meta
                        + "\"events\":[" + String.join(",", events) + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    String hash() {
        MessageDigest digest = sha256();
        for (String event : events) {
            digest.update(event.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }
}

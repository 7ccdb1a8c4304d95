package io.mimic.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One event of a recording as it was recorded, but for its time, and for a mark in its data that tells which batch it came in.
 *
 * @param at ms since its page began
 * @param type rrweb's
 * @param json its bytes
 * @param timeFrom where its timestamp's digits begin
 * @param timeTo where they end
 * @param dataFrom just behind the opening brace of its data
 * @param bare whether its data has no members
 */
record RecordedEvent(long at, int type, byte[] json, int timeFrom, int timeTo, int dataFrom, boolean bare) {
    static final int FULL_SNAPSHOT = 2;
    static final int META = 4;

    RecordedEvent at(long ms) {
        return new RecordedEvent(ms, type, json, timeFrom, timeTo, dataFrom, bare);
    }

    /** @param mark members that its data begins with, such as {@code "batch":"…"} */
    byte[] played(long time, String mark) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + mark.length() + 16);
        byte[] stamp = Long.toString(time).getBytes(StandardCharsets.US_ASCII);
        byte[] members = (bare ? mark : mark + ",").getBytes(StandardCharsets.UTF_8);
        if (timeFrom < dataFrom) {
            splice(out, timeFrom, timeTo, stamp, dataFrom, dataFrom, members);
        } else {
            splice(out, dataFrom, dataFrom, members, timeFrom, timeTo, stamp);
        }
        return out.toByteArray();
    }

    private void splice(
            ByteArrayOutputStream out, int from, int to, byte[] first, int laterFrom, int laterTo, byte[] second) {
        out.write(json, 0, from);
        out.writeBytes(first);
        out.write(json, to, laterFrom - to);
        out.writeBytes(second);
        out.write(json, laterTo, json.length - laterTo);
    }
}

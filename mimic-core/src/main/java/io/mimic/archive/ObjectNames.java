package io.mimic.archive;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Names of the archive's objects: {@code project/yyyy/mm/dd/session/segment}, the day being that on which the session began. */
final class ObjectNames {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

    private ObjectNames() {}

    /** What the names of all of a session's objects begin with. */
    static String prefix(String project, UUID session) {
        return project + "/" + DAY.format(Instant.ofEpochMilli(beganAt(session))) + "/" + session + "/";
    }

    /** A name that was never used before. */
    static String fresh(String project, UUID session, long epoch, SegmentCodec codec) {
        String unique = Long.toHexString(UUID.randomUUID().getMostSignificantBits() >>> 32);
        return prefix(project, session) + epoch + "-" + unique + "." + codec.suffix();
    }

    /** Time of a UUIDv7; what is no UUIDv7 lies under the epoch's day. */
    private static long beganAt(UUID session) {
        return session.version() == 7 ? session.getMostSignificantBits() >>> 16 : 0;
    }
}

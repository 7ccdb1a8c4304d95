package io.mimic.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The JSON of an event as a line has it. */
public final class EventText {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH = 0x8080808080808080L;

    private EventText() {}

    /** Replaces raw line breaks, which JSON has between tokens alone, by spaces. */
    public static void joinLines(byte[] json, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long eight = (long) LONG.get(json, i);
            // not exact for bytes after the first hit, which the loop below looks at anyway
            if (((eight - 0x0E0E0E0E0E0E0E0EL) & ~eight & HIGH) != 0) {
                join(json, i, i + 8);
            }
        }
        join(json, i, to);
    }

    private static void join(byte[] json, int from, int to) {
        for (int i = from; i < to; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                json[i] = ' ';
            }
        }
    }
}

package io.mimic.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks bytes as they stream for well-formed UTF-8: no half surrogates, no overlong forms, nothing above U+10FFFF. */
final class Utf8Check {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH = 0x8080808080808080L;

    private int missing;
    private int lowest = 0x80;
    private int highest = 0xBF;

    void accept(byte[] bytes, int from, int length) throws Refusal {
        int to = from + length;
        for (int i = from; i < to; i++) {
            if (missing == 0) {
                i = asciiEnd(bytes, i, to);
            }
            if (i < to) {
                accept(bytes[i] & 0xFF);
            }
        }
    }

    /** The place of the first byte that is not ASCII, or {@code to}. */
    private static int asciiEnd(byte[] text, int from, int to) {
        int i = from;
        while (i + 8 <= to && ((long) LONG.get(text, i) & HIGH) == 0) {
            i += 8;
        }
        while (i < to && text[i] >= 0) {
            i++;
        }
        return i;
    }

    private void accept(int value) throws Refusal {
        if (missing == 0) {
            lead(value);
            return;
        }
        if (value < lowest || value > highest) {
            throw bad();
        }
        missing--;
        lowest = 0x80;
        highest = 0xBF;
    }

    private void lead(int value) throws Refusal {
        if (value < 0xC2 || value > 0xF4) {
            throw bad();
        }
        missing = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
        switch (value) {
            case 0xE0 -> lowest = 0xA0;
            case 0xED -> highest = 0x9F;
            case 0xF0 -> lowest = 0x90;
            case 0xF4 -> highest = 0x8F;
            default -> lowest = 0x80;
        }
    }

    private static Refusal bad() {
        return Refusal.malformed("The body is not well-formed UTF-8.");
    }
}

package io.mimic.ingest;

import io.mimic.buffer.EventText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Events as lines {@code timestamp TAB json LF}, as {@link io.mimic.buffer.Chunk} keeps them. */
final class Lines {
    private final MemoryBudget.Share memory;
    private byte[] bytes = new byte[0];
    private int size;

    Lines(MemoryBudget.Share memory) {
        this.memory = memory;
    }

    /** Adds an event that lies in the window at {@code [from, to)}. */
    Slice add(long timestamp, ByteWindow window, long from, long to) throws Refusal {
        byte[] prefix = Long.toString(timestamp).getBytes(StandardCharsets.US_ASCII);
        int length = (int) (to - from);
        makeRoom(prefix.length + 1 + length + 1);
        System.arraycopy(prefix, 0, bytes, size, prefix.length);
        size += prefix.length;
        bytes[size++] = '\t';
        int start = size;
        window.copy(from, to, bytes, size);
        size += length;
        EventText.joinLines(bytes, start, size);
        bytes[size++] = '\n';
        return new Slice(bytes, start, length);
    }

    /** Puts another JSON in the place of the event that was added last. */
    Slice replace(Slice last, byte[] json) throws Refusal {
        size = last.from();
        makeRoom(json.length + 1);
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
        bytes[size++] = '\n';
        return new Slice(bytes, last.from(), json.length);
    }

    byte[] toByteArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void makeRoom(int more) throws Refusal {
        int needed = size + more;
        if (needed > bytes.length) {
            // a first event that is large is most often the only one: exactly its size spares a copy
            int capacity = size == 0 ? needed : Math.max(needed, bytes.length + (bytes.length >> 1) + 1024);
            memory.take(capacity);
            byte[] larger = Arrays.copyOf(bytes, capacity);
            memory.giveBack(bytes.length);
            bytes = larger;
        }
    }

    /** An event's JSON within the lines; good until the next event is added. */
    record Slice(byte[] bytes, int from, int length) {}
}

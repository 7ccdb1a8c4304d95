package io.mimic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The long fuzzing: a million inputs in slices, on all processors, of seeds that no run before had. */
public final class MillionInputs {
    private static final int SLICES = 20;
    private static final int INPUTS = 1_000_000;

    private MillionInputs() {}

    /** Feeds inputs that a seed begets. */
    public interface Slice {
        /** @return how many of them were no nonsense */
        int run(long seed, int inputs) throws IOException;
    }

    /** Says how many there were, and how long it took. */
    public static void run(Slice slice) {
        long start = System.nanoTime();
        AtomicInteger good = new AtomicInteger();
        IntStream.range(0, SLICES).parallel().forEach(number -> {
            try {
                good.addAndGet(slice.run(start + number, INPUTS / SLICES));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        System.out.printf(
                "%,d inputs, %,d of them good ones, in %,d s%n",
                INPUTS, good.get(), (System.nanoTime() - start) / 1_000_000_000);
    }
}

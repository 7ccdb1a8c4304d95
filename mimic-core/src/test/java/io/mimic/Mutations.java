package io.mimic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils inputs of a corpus, the same way for the same seed: bits, cuts, repetitions, and pieces that mean something to the reader. */
public final class Mutations {
    private final Random random;
    private final List<byte[]> pieces;

    public Mutations(Random random, List<String> pieces) {
        this.random = random;
        this.pieces = pieces.stream()
                .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Changes a copy of one of the corpus one to three times. */
    public byte[] oneOf(List<byte[]> corpus) {
        byte[] input = corpus.get(random.nextInt(corpus.size()));
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            input = change(input);
        }
        return input;
    }

    public byte[] change(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int length = random.nextInt(Math.min(40, input.length - at) + 1);
        return switch (random.nextInt(5)) {
            case 0 -> flip(input);
            case 1 -> splice(input, at, length, new byte[0]);
            case 2 -> splice(input, at, 0, piece());
            case 3 -> splice(input, at, 0, Arrays.copyOfRange(input, at, at + length));
            default -> splice(input, at, length, piece());
        };
    }

    private byte[] piece() {
        return pieces.get(random.nextInt(pieces.size()));
    }

    private byte[] flip(byte[] input) {
        byte[] flipped = input.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] splice(byte[] input, int at, int remove, byte[] insert) {
        byte[] spliced = new byte[input.length - remove + insert.length];
        System.arraycopy(input, 0, spliced, 0, at);
        System.arraycopy(insert, 0, spliced, at, insert.length);
        System.arraycopy(input, at + remove, spliced, at + insert.length, input.length - at - remove);
        return spliced;
    }
}

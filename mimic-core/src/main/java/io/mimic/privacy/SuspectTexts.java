package io.mimic.privacy;

import java.util.Arrays;

/** Which texts of a JSON value {@link Scrubber#skim} could not pass over. Not thread-safe. */
public final class SuspectTexts {
    private int[] places = new int[16];
    private int size;

    /**
     * @param from where the inside of the text begins
     * @param to the place of its closing quote
     */
    public void add(int from, int to) {
        if (size == places.length) {
            places = Arrays.copyOf(places, size * 2);
        }
        places[size++] = from;
        places[size++] = to;
    }

    public void clear() {
        size = 0;
    }

    /** How many there are. */
    public int count() {
        return size / 2;
    }

    int from(int index) {
        return places[index * 2];
    }

    int to(int index) {
        return places[index * 2 + 1];
    }
}

package io.mimic.faults;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What the reading process found, held against the ledger.
 *
 * @param acknowledged batches of the ledger
 * @param stored of these, those that are whole, in their session, and in exactly one of its segments
 * @param lost of these, those of which nothing is left
 * @param doubled batches that are in more than one segment, or whose events come more than once
 * @param wrong batches of the ledger that are in another session, or not as they were sent
 * @param shownAsGap lost ones whose place in their page is told as a gap
 * @param gapMarkers gaps with the reason "lost" in the timelines
 * @param active sessions that have not ended
 * @param sessions all sessions that are listed
 * @param segments all their segments
 */
public record Found(
        int acknowledged,
        int stored,
        int lost,
        int doubled,
        int wrong,
        int shownAsGap,
        int gapMarkers,
        int active,
        int sessions,
        int segments) {
    /** Everything is stored once, and nothing is still to come. */
    public boolean whole() {
        return stored == acknowledged && doubled == 0 && settled();
    }

    /** Nothing is still to come. */
    public boolean settled() {
        return active == 0 && stored + lost == acknowledged;
    }

    String line() {
        return Arrays.stream(new int[] {
                    acknowledged, stored, lost, doubled, wrong, shownAsGap, gapMarkers, active, sessions, segments
                })
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    static Found parse(String line) {
        int[] n = Arrays.stream(line.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
        return new Found(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9]);
    }

    public String told() {
        return "acknowledged " + acknowledged + ", stored " + stored + ", lost " + lost + ", doubled " + doubled;
    }
}

package io.mimic.archive;

/** The two halves of a segment, each compressed on its own. */
public enum SegmentPart {
    /** Console, network, errors, vitals, custom events, Meta. */
    TIMELINE,
    /** Snapshots and their changes. */
    DOM
}

package io.mimic.archive;

import io.mimic.catalog.SegmentRow;
import java.util.UUID;

/** Is told of every segment that this process has committed. Must neither wait nor throw. */
@FunctionalInterface
public interface SegmentListener {
    void archived(String project, UUID session, SegmentRow segment);
}

package io.mimic.replay;

import java.util.stream.Stream;

/** The lists of a timeline, as the answer names them. */
enum TimelineList {
    NETWORK,
    WEBSOCKETS,
    CONSOLE,
    ERRORS,
    NAVIGATIONS,
    CLICKS,
    EVENTS,
    VITALS,
    GAPS,
    VISIBILITY,
    IDENTIFY;

    String jsonName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Stream<TimelineList> all() {
        return Stream.of(values());
    }
}

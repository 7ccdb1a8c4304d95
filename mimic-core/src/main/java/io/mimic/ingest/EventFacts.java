package io.mimic.ingest;

/**
 * What an event says of itself.
 *
 * @param type of rrweb; negative when there is none
 * @param timestamp ms since the epoch; negative when there is none
 * @param source of an incremental snapshot; negative when there is none
 * @param hasData whether there is an object of data
 * @param identity whether it tells who the user is
 * @param breaks whether line breaks may stand between its tokens
 */
record EventFacts(int type, long timestamp, int source, boolean hasData, boolean identity, boolean breaks) {}

package io.mimic.buffer;

/**
 * Names a batch within a project: accepted once, whatever session it was put into.
 *
 * @param page the recorder's run, 32 lower-case hex digits
 * @param seq counts the batches of the page from 0
 */
public record ChunkKey(String page, int seq) {}

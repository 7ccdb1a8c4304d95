package io.mimic.server;

/**
 * A line of the host's log that was written while a request was answered.
 *
 * @param level as the logging library names it
 * @param logger its name
 * @param message with its arguments put in; scrubbed later
 * @param at ms since the epoch
 */
public record LogLine(String level, String logger, String message, long at) {}

package io.mimic.catalog;

/**
 * One kept picture, font or style sheet of a project, stored once however many sessions show it.
 *
 * @param sha256 hash of its bytes, hex
 * @param object name in the archive
 * @param type media type, by its bytes
 * @param bytes its size
 */
public record AssetRow(String sha256, String object, String type, long bytes) {}

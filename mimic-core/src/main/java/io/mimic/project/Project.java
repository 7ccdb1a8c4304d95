package io.mimic.project;

/**
 * An instrumented application.
 *
 * @param id public id, in every page
 * @param name what people log in with
 */
public record Project(String id, String name) {}

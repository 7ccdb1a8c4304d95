package io.mimic.project;

/**
 * An instrumented application.
 *
 * @param id public id, in every page
 * @param name what people log in with
 * @param origins of other sites whose pages may send into it; none means those that the host allows every project
 */
public record Project(String id, String name, Origins origins) {
    /** A project that names no origins. */
    public Project(String id, String name) {
        this(id, name, Origins.NONE);
    }
}

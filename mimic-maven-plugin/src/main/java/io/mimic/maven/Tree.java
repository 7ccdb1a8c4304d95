package io.mimic.maven;

import java.io.IOException;
import java.util.List;

/** Files by name, in a folder or in an archive. Names have slashes and no slash in front. What is written is seen by later reads. */
interface Tree extends AutoCloseable {
    /** Sorted by name. One with a slash at its end is a link to a folder, which is not looked into. */
    List<String> names() throws IOException;

    boolean has(String name) throws IOException;

    byte[] read(String name) throws IOException;

    /** Makes or replaces a file. Folders are made. */
    void write(String name, byte[] content) throws IOException;

    /** Removes a file, and its folder when that is empty then. Without effect when there is none. */
    void delete(String name) throws IOException;

    /** Makes what was written and deleted lasting, where it is not yet. */
    void commit() throws IOException;

    @Override
    void close() throws IOException;
}

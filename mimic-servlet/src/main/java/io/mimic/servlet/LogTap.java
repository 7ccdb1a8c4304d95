package io.mimic.servlet;

import org.jspecify.annotations.Nullable;

/** Listens to one logging library and hands lines to the request that this thread works for. */
interface LogTap extends AutoCloseable {
    /** Listens, also again when the library was set up anew meanwhile. */
    void attach();

    /** Listens no more, and leaves nothing behind. */
    @Override
    void close();

    /** Hands a line to the request of this thread, unless it is MIMIC's own. */
    static void line(String level, String logger, String message, @Nullable Throwable thrown) {
        HostRequest request = HostRequest.current();
        if (request != null && !logger.startsWith("io.mimic.")) {
            request.log(level, logger, message, thrown);
        }
    }

    /** Whether a line of this thread would be heard at all. */
    static boolean heard() {
        return HostRequest.current() != null;
    }
}

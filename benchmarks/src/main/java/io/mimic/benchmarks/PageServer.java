package io.mimic.benchmarks;

/** A servlet container on a loopback port of its own. */
interface PageServer extends AutoCloseable {
    int port();

    @Override
    void close();
}

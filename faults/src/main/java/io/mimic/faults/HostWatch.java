package io.mimic.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks for the host's own page all the time: nothing that happens to MIMIC may fail one of these requests. */
final class HostWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(40);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String address;
    private final Thread thread = new Thread(this::run, "host-watch");
    private volatile boolean stopping;
    private int requests;
    private int failed;
    private long slowestMs;
    private @Nullable String firstFailure;

    HostWatch(String address) {
        this.address = address;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            for (int order = 0; !stopping; order++) {
                ask(order);
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(int order) throws InterruptedException {
        long begun = System.nanoTime();
        String failure = null;
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(address + "/?order=" + order))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200 || !answer.body().contains("Order " + order + " is on its way")) {
                failure = answer.statusCode() + " " + answer.body();
            }
        } catch (IOException e) {
            failure = e.toString();
        }
        count((System.nanoTime() - begun) / 1_000_000, failure);
    }

    private synchronized void count(long ms, @Nullable String failure) {
        requests++;
        slowestMs = Math.max(slowestMs, ms);
        if (failure != null) {
            failed++;
            firstFailure = firstFailure == null ? failure : firstFailure;
        }
    }

    /** @throws FaultException when one was not answered as it must be */
    synchronized void check() throws FaultException {
        if (failed > 0) {
            throw new FaultException(
                    failed + " of the host's own " + requests + " requests failed, the first with: " + firstFailure);
        }
    }

    synchronized String told() {
        return "host answered " + requests + " of " + requests + " requests (slowest " + slowestMs + " ms)";
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(25_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

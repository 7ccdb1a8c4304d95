package io.mimic.load;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One browser: an address, a cookie, a clock that may go faster than ours, and one or two windows. */
final class VirtualVisitor {
    private static final String[] BROWSERS = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36"
    };

    private final Load load;
    private final int number;
    private final List<RecordedPage> pages;
    private final SplittableRandom random;
    private final LongConsumer gone;
    private final AtomicInteger windows = new AtomicInteger(1);
    private final String name;
    /** When it came, by {@link System#nanoTime()} and by the clock of its own, ms since the epoch. */
    private final long came;

    private final long epoch;
    private final long lengthMs;
    private volatile @Nullable String cookie;

    /** @param gone told when the last window was closed, and when that was due */
    VirtualVisitor(Load load, int number, List<RecordedPage> pages, long came, LongConsumer gone) {
        this.load = load;
        this.number = number;
        this.pages = pages;
        this.came = came;
        this.gone = gone;
        this.random = new SplittableRandom(System.nanoTime() ^ number);
        this.name = id();
        this.lengthMs = load.plan().visitLength().toMillis();
        // time that passes faster has begun earlier, so that nothing is of the future at the end
        this.epoch = System.currentTimeMillis()
                - (long) (Math.max(lengthMs, onceThrough())
                        * (1 - 1 / load.plan().speed()));
    }

    private long onceThrough() {
        return pages.stream()
                .mapToLong(page -> page.lengthMs() + 2 * load.plan().think().toMillis())
                .sum();
    }

    void come() {
        load.traffic().visit();
        boolean second = random.nextDouble() < load.plan().secondWindow();
        if (second) {
            windows.incrementAndGet();
            openSecond(load.plan().interval().toMillis());
        }
        new VirtualWindow(this, 0).open(0);
    }

    /** Once an answer has brought the cookie; else it would be a visit of its own. */
    private void openSecond(long visitMs) {
        load.at(nanoTime(visitMs), () -> {
            if (cookie == null) {
                openSecond(visitMs + load.plan().interval().toMillis());
            } else {
                load.traffic().secondWindow();
                new VirtualWindow(this, pages.size() / 2).open(visitMs);
            }
        });
    }

    void closed(long due) {
        if (windows.decrementAndGet() == 0) {
            gone.accept(due);
        }
    }

    Load load() {
        return load;
    }

    String name() {
        return name;
    }

    RecordedPage page(int index) {
        return pages.get(index % pages.size());
    }

    /** Whether it looks at one more page, after so many, at this time of its own. */
    boolean stays(int seen, long visitMs) {
        return lengthMs == 0 ? seen < pages.size() : visitMs < lengthMs;
    }

    /** Exponential. */
    long thinkMs() {
        return (long) (-Math.log(1 - random.nextDouble()) * load.plan().think().toMillis());
    }

    /** When that is of its own time. */
    long nanoTime(long visitMs) {
        return came + (long) (visitMs * 1e6 / load.plan().speed());
    }

    /** Its own time now. */
    long visitMs() {
        return (long) ((System.nanoTime() - came) / 1e6 * load.plan().speed());
    }

    /** @return ms since the epoch, as its browser says */
    long time(long visitMs) {
        return epoch + visitMs;
    }

    String address() {
        return "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    String browser() {
        return BROWSERS[number % BROWSERS.length];
    }

    @Nullable
    String cookie() {
        return cookie;
    }

    void cookie(String fresh) {
        cookie = fresh;
    }

    /** 128 random bits. */
    synchronized String id() {
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }
}

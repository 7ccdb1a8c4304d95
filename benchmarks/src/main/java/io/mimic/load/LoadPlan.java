package io.mimic.load;

import java.time.Duration;

/**
 * How visitors behave.
 *
 * @param visitors at the same time; whoever has seen all goes, and another one comes
 * @param time for which they play; what is begun then is still sent
 * @param speed at which time passes for them: 1 is as recorded
 * @param visitLength of a visit by the visitor's own time, whose recording begins anew until then; zero: once through its recording
 * @param closed whether the next batch follows the answer and the think time, instead of the recording's own times
 * @param think mean of what is waited before a further page, and in a closed loop before each batch, by the visitor's time
 * @param interval between the batches of a page, by the visitor's time
 * @param secondWindow share of visitors who have two windows open
 * @param gzip whether batches of more than 1 KiB are compressed, as the recorder does
 */
public record LoadPlan(
        int visitors,
        Duration time,
        double speed,
        Duration visitLength,
        boolean closed,
        Duration think,
        Duration interval,
        double secondWindow,
        boolean gzip) {
    /** So many, at real speed, as recorded. */
    public static LoadPlan realTime(int visitors, Duration time) {
        return new LoadPlan(
                visitors, time, 1, Duration.ZERO, false, Duration.ofSeconds(2), Duration.ofSeconds(5), 0.2, true);
    }

    public LoadPlan {
        check("LOAD_VISITORS", visitors, visitors >= 1 && visitors <= 1_000_000, "a number from 1 to 1,000,000");
        check("LOAD_SECONDS", time.toSeconds(), !time.isNegative() && !time.isZero(), "at least 1");
        check("LOAD_SPEED", speed, speed >= 0.1 && speed <= 10_000, "from 0.1 to 10000");
        check(
                "LOAD_VISIT",
                visitLength.toSeconds(),
                !visitLength.isNegative() && visitLength.toDays() < 29,
                "seconds of less than 29 days, or 0 for once through the recording");
        check("LOAD_THINK", think.toMillis(), !think.isNegative(), "seconds, 0 or more");
        check("LOAD_INTERVAL", interval.toMillis(), interval.toMillis() >= 100, "seconds, at least 0.1");
        check("LOAD_WINDOWS", secondWindow, secondWindow >= 0 && secondWindow <= 1, "a share from 0 to 1");
    }

    private static void check(String name, Number value, boolean right, String form) {
        if (!right) {
            throw new IllegalArgumentException(name + " is \"" + value + "\"; it must be " + form + ".");
        }
    }
}

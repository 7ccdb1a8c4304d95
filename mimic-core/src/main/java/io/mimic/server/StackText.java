package io.mimic.server;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Java stack trace as {@link Throwable#printStackTrace} writes it, bounded in all that a throwable can be large in. */
final class StackText {
    /** Longest text. */
    static final int MOST = 32_768;

    private static final int MESSAGE = 1_000;
    private static final int FRAMES = 200;
    private static final int CAUSES = 10;
    private static final int SUPPRESSED = 3;

    private final ServerSettings settings;
    private final StringBuilder out = new StringBuilder();
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private StackText(ServerSettings settings) {
        this.settings = settings;
    }

    static String of(Throwable thrown, ServerSettings settings) {
        StackText text = new StackText(settings);
        text.add(thrown, "", new StackTraceElement[0]);
        if (text.out.length() > MOST) {
            text.out.setLength(MOST);
            text.out.append("…\n");
        }
        return text.out.toString();
    }

    /** The message as it may be kept; null when there is none. */
    static @Nullable String message(Throwable thrown, ServerSettings settings) {
        String message = settings.line(said(thrown), MESSAGE);
        return message == null || !settings.strict() ? message : SecretNames.MASK;
    }

    private void add(Throwable thrown, String caption, StackTraceElement[] outer) {
        if (out.length() > MOST || seen.size() >= CAUSES || !seen.add(thrown)) {
            return;
        }
        out.append(caption).append(thrown.getClass().getName());
        String message = message(thrown, settings);
        if (message != null) {
            out.append(": ").append(message);
        }
        out.append('\n');
        StackTraceElement[] frames = thrown.getStackTrace();
        int common = common(frames, outer);
        frames(frames, frames.length - common);
        if (common > 0) {
            out.append("\t... ").append(common).append(" more\n");
        }
        Throwable[] suppressed = thrown.getSuppressed();
        for (int i = 0; i < Math.min(SUPPRESSED, suppressed.length); i++) {
            add(suppressed[i], "Suppressed: ", frames);
        }
        if (thrown.getCause() != null) {
            add(thrown.getCause(), "Caused by: ", frames);
        }
    }

    private void frames(StackTraceElement[] frames, int count) {
        for (int i = 0; i < Math.min(FRAMES, count); i++) {
            out.append("\tat ").append(frames[i]).append('\n');
        }
        if (count > FRAMES) {
            out.append("\t... ").append(count - FRAMES).append(" frames left out\n");
        }
    }

    private static int common(StackTraceElement[] inner, StackTraceElement[] outer) {
        int count = 0;
        while (count < inner.length
                && count < outer.length
                && inner[inner.length - 1 - count].equals(outer[outer.length - 1 - count])) {
            count++;
        }
        return count;
    }

    /** A host's exception may fail to say what it is. */
    private static @Nullable String said(Throwable thrown) {
        try {
            return thrown.getLocalizedMessage();
        } catch (RuntimeException e) {
            return Objects.toString(e.getClass().getName()) + " in getMessage()";
        }
    }
}

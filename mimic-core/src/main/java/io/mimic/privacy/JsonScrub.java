package io.mimic.privacy;

import io.mimic.privacy.Scrubber.Effort;
import io.mimic.privacy.Scrubber.Kind;
import io.mimic.privacy.Scrubber.TooMuchException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One walk over the bytes of a JSON value that is known to be well-formed. Nothing is copied before something is found. For one use. */
final class JsonScrub {
    private static final byte[] MASK = Scrubber.MASK.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_NUMBER = {'0'};

    private final byte[] json;
    private final int from;
    private final int end;
    private final boolean numbers;
    private final SecretFinder finder;
    private final ScrubPatterns patterns;
    private final Effort effort;
    private final List<Span> found = new ArrayList<>();
    private @Nullable ByteArrayOutputStream out;
    private int done;

    JsonScrub(byte[] json, int from, int end, Kind kind, ScrubPatterns patterns, Effort effort) {
        this.json = json;
        this.from = from;
        this.end = end;
        this.done = from;
        this.numbers = kind != Kind.PAGE;
        this.finder = new SecretFinder(kind != Kind.IDENTITY, kind == Kind.PAGE, true);
        this.patterns = patterns;
        this.effort = effort;
    }

    byte @Nullable [] run() throws TooMuchException {
        int i = from;
        while (i < end) {
            if (json[i] == '"') {
                int start = i + 1;
                int close = finder.suspect(json, start);
                boolean suspicious = json[close] != '"';
                while (json[close] != '"') {
                    close += json[close] == '\\' ? 2 : 1;
                }
                text(start, close, suspicious);
                i = close + 1;
            } else if (numbers && Bytes.isDigit(json[i])) {
                i = number(i);
            } else {
                i++;
            }
        }
        return result();
    }

    /** Looks at these texts alone. */
    byte @Nullable [] run(SuspectTexts suspects) throws TooMuchException {
        for (int i = 0; i < suspects.count(); i++) {
            text(suspects.from(i), suspects.to(i), true);
        }
        return result();
    }

    private byte @Nullable [] result() {
        if (out == null) {
            return null;
        }
        out.write(json, done, end - done);
        return out.toByteArray();
    }

    private void text(int start, int close, boolean suspicious) throws TooMuchException {
        if (suspicious) {
            finder.find(json, start, close, found);
        }
        if (patterns.size() > 0 && close > start && !isName(close) && !isPicture(start, close)) {
            effort.spend((long) patterns.size() * (close - start));
            searchPatterns(start, close);
        }
        if (!found.isEmpty()) {
            Span.merged(found).forEach(span -> replace(span, MASK));
            found.clear();
        }
    }

    private void searchPatterns(int start, int close) {
        List<Span> matches = new ArrayList<>();
        patterns.find(plain(start, close), start, matches);
        if (!matches.isEmpty()) {
            found.addAll(ScrubPatterns.widened(json, start, close, matches));
        }
    }

    /** The text of the same length, so that places agree, with what its escapes stand for. */
    private byte[] plain(int start, int close) {
        byte[] plain = Arrays.copyOfRange(json, start, close);
        for (int i = 0; i < plain.length; i++) {
            if (plain[i] == '\\') {
                byte of = plain[i + 1];
                boolean itself = of == '"' || of == '\\' || of == '/';
                int length = of == 'u' ? 6 : 2;
                Arrays.fill(plain, i, Math.min(plain.length, i + length), itself ? of : (byte) ' ');
                i += length - 1;
            }
        }
        return plain;
    }

    private int number(int start) {
        int i = start;
        while (i < end && Bytes.isDigit(json[i])) {
            i++;
        }
        boolean whole = (start == from || json[start - 1] != '.') && (i == end || !isPartOfNumber(json[i]));
        if (whole && CardNumber.is(json, start, i)) {
            replace(new Span(start, i), NO_NUMBER);
        }
        return i;
    }

    private static boolean isPartOfNumber(byte b) {
        return b == '.' || b == 'e' || b == 'E';
    }

    private void replace(Span span, byte[] by) {
        if (out == null) {
            out = new ByteArrayOutputStream(end - from);
        }
        out.write(json, done, span.from() - done);
        out.writeBytes(by);
        done = span.to();
    }

    private boolean isName(int close) {
        int i = close + 1;
        while (i < end && (json[i] == ' ' || json[i] == '\t' || json[i] == '\n' || json[i] == '\r')) {
            i++;
        }
        return i < end && json[i] == ':';
    }

    /** A picture in a data URL: long, and without any text. */
    private boolean isPicture(int start, int close) {
        byte[] prefix = {'d', 'a', 't', 'a', ':', 'i', 'm', 'a', 'g', 'e', '/'};
        return close - start > 1_000
                && Arrays.equals(json, start, start + prefix.length, prefix, 0, prefix.length)
                && json[start + prefix.length] != 's';
    }
}

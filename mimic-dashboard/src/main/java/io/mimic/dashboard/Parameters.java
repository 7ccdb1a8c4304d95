package io.mimic.dashboard;

import io.mimic.servlet.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query string, decoded strictly: containers drop what they cannot decode and differ in charset, here it is told. An empty value counts as
 * none; unknown names are ignored. Every reader throws a {@link ProblemException} that names the parameter.
 */
final class Parameters {
    /** 31 December 9999, the last day that ISO 8601 writes with four digits. */
    static final long LAST_TIME = 253_402_300_799_999L;

    private static final Pattern MILLIS = Pattern.compile("\\d{1,15}");
    private static final String TIME = "a time such as 2026-11-24T10:00:00Z, or ms since the epoch";

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /** @param query as it stands in the request line; null when there is none */
    static Parameters parse(@Nullable String query) {
        Map<String, String> values = new HashMap<>();
        for (String pair : (query == null ? "" : query).split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (!value.isEmpty() && values.put(name, value) != null) {
                throw Problems.badParameter(name, value, "given once");
            }
        }
        return new Parameters(values);
    }

    /** @return null when it was not given */
    @Nullable
    String text(String name, int maxLength) {
        return matching(
                name,
                value -> value.length() <= maxLength && value.chars().noneMatch(Character::isISOControl),
                "at most " + maxLength + " characters without control characters");
    }

    /** @return null when it was not given */
    @Nullable
    String matching(String name, Predicate<String> right, String form) {
        String value = values.get(name);
        if (value != null && !right.test(value)) {
            throw Problems.badParameter(name, value, form);
        }
        return value;
    }

    boolean flag(String name) {
        String value = matching(name, text -> text.equals("true") || text.equals("false"), "true or false");
        return "true".equals(value);
    }

    long number(String name, long least, long most, long byDefault) {
        String form = "a whole number from " + least + " to " + most;
        String value = matching(name, text -> MILLIS.matcher(text).matches(), form);
        if (value == null) {
            return byDefault;
        }
        long number = Long.parseLong(value);
        if (number < least || number > most) {
            throw Problems.badParameter(name, value, form);
        }
        return number;
    }

    /** @return ms since the epoch; 0 when it was not given */
    long time(String name) {
        String value = values.get(name);
        if (value == null) {
            return 0;
        }
        long time = MILLIS.matcher(value).matches() ? Long.parseLong(value) : isoTime(name, value);
        if (time < 0 || time > LAST_TIME) {
            throw Problems.badParameter(name, value, TIME);
        }
        return time;
    }

    private static long isoTime(String name, String value) {
        // "+02:00" that was not encoded arrives with a space
        String text = value.replace(' ', '+');
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli();
            }
            return text.endsWith("Z")
                    ? Instant.parse(text).toEpochMilli()
                    : OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw Problems.badParameter(name, value, TIME);
        }
    }

    private static String decode(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '%') {
                bytes.put((byte) hex(text, at));
                at += 2;
            } else {
                bytes.put(c == '+' ? new byte[] {' '} : String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw Problems.malformed("The query string is not UTF-8.");
        }
    }

    private static int hex(String text, int at) {
        int high = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        int low = at + 1 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw Problems.malformed("The query string has a % that two hexadecimal digits do not follow.");
        }
        return high * 16 + low;
    }
}

package io.mimic.dashboard;

import io.mimic.servlet.Exchange;
import io.mimic.servlet.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a JSON body, read strictly; every reader throws a {@link ProblemException} that names the member. */
final class Body {
    static final int MAX_NAME = 200;
    static final int MAX_PASSWORD = 1024;

    private static final int MAX_BODY = 64 * 1024;
    private static final int MAX_LIST = 200;

    private final Map<String, Object> members;

    private Body(Map<String, Object> members) {
        this.members = members;
    }

    static Body of(Exchange exchange) throws IOException {
        return of(exchange, MAX_BODY);
    }

    static Body of(Exchange exchange, int maxBytes) throws IOException {
        return new Body(exchange.readJson(maxBytes));
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    String text(String name, int maxLength) {
        if (members.get(name) instanceof String text && !text.isEmpty() && text.length() <= maxLength) {
            return text;
        }
        throw wrong(name, "a text of 1 to " + maxLength + " characters");
    }

    /** @return null when it is null or not there */
    @Nullable
    String textOrNull(String name, int maxLength) {
        return members.get(name) == null ? null : text(name, maxLength);
    }

    List<String> texts(String name, int maxLength) {
        if (members.get(name) instanceof List<?> list
                && list.size() <= MAX_LIST
                && list.stream().allMatch(item -> item instanceof String text && text.length() <= maxLength)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw wrong(name, "a list of at most " + MAX_LIST + " texts of at most " + maxLength + " characters");
    }

    int number(String name, int least, int most) {
        if (members.get(name) instanceof Integer number && number >= least && number <= most) {
            return number;
        }
        throw wrong(name, "a whole number from " + least + " to " + most);
    }

    private static ProblemException wrong(String name, String right) {
        return Problems.malformed("The body's member " + name + " must be " + right + ".");
    }
}

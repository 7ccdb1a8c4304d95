package io.mimic.servlet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A path with variables, in segments. */
record PathPattern(List<Segment> segments) implements Comparable<PathPattern> {
    static final String REST = "**";

    static PathPattern parse(String pattern) {
        if (!pattern.startsWith("/")) {
            throw new IllegalArgumentException("The pattern \"" + pattern + "\" must begin with /.");
        }
        List<Segment> segments = new ArrayList<>();
        for (String part : pattern.substring(1).split("/", -1)) {
            if (!segments.isEmpty() && segments.get(segments.size() - 1).kind() == Kind.REST) {
                throw new IllegalArgumentException("In the pattern \"" + pattern + "\" ** must be last.");
            }
            segments.add(Segment.parse(part));
        }
        return new PathPattern(List.copyOf(segments));
    }

    /** @return the variables of a path that matches, else null */
    @Nullable
    Map<String, String> match(String path) {
        Map<String, String> variables = new HashMap<>();
        int from = 1;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.kind() == Kind.REST) {
                variables.put(REST, from > path.length() ? "" : path.substring(from));
                return variables;
            }
            if (from > path.length()) {
                return null;
            }
            int end = path.indexOf('/', from);
            String part = path.substring(from, end < 0 ? path.length() : end);
            if (!segment.accepts(part)) {
                return null;
            }
            if (segment.kind() == Kind.VARIABLE) {
                variables.put(segment.text(), part);
            }
            from = end < 0 ? path.length() + 1 : end + 1;
        }
        return from > path.length() ? variables : null;
    }

    boolean sameShape(PathPattern other) {
        return compareTo(other) == 0;
    }

    @Override
    public int compareTo(PathPattern other) {
        for (int i = 0; i < Math.min(segments.size(), other.segments.size()); i++) {
            int order = segments.get(i).compareTo(other.segments.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(other.segments.size(), segments.size());
    }

    /** As it was parsed. */
    @Override
    public String toString() {
        return segments.stream().map(Segment::toString).collect(Collectors.joining("/", "/", ""));
    }

    private enum Kind {
        LITERAL,
        VARIABLE,
        REST
    }

    private record Segment(Kind kind, String text) implements Comparable<Segment> {
        static Segment parse(String part) {
            if (part.equals(PathPattern.REST)) {
                return new Segment(Kind.REST, part);
            }
            return part.startsWith("{") && part.endsWith("}")
                    ? new Segment(Kind.VARIABLE, part.substring(1, part.length() - 1))
                    : new Segment(Kind.LITERAL, part);
        }

        boolean accepts(String part) {
            return kind == Kind.LITERAL ? text.equals(part) : !part.isEmpty();
        }

        @Override
        public String toString() {
            return kind == Kind.VARIABLE ? "{" + text + "}" : text;
        }

        @Override
        public int compareTo(Segment other) {
            int order = kind.compareTo(other.kind);
            return order != 0 || kind != Kind.LITERAL ? order : text.compareTo(other.text);
        }
    }
}

package io.mimic.project;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody may do in a project's dashboard. No right contains another. */
public enum Right {
    /** List sessions and watch them. */
    READ,
    /** Take a recording away as a file. Who may watch could copy what they see: this governs the download and what the log calls it. */
    EXPORT,
    /** Erase sessions. */
    ERASE,
    /** See the access log; change passwords, tokens and the project. */
    ADMIN;

    /** As the API writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return empty when there is no such right */
    public static Optional<Right> of(String word) {
        return Arrays.stream(values())
                .filter(right -> right.word().equals(word))
                .findFirst();
    }

    static String write(Collection<Right> rights) {
        return rights.stream().sorted().map(Right::word).collect(Collectors.joining(" "));
    }

    /** What it does not know it leaves out: a right of a newer MIMIC. */
    static Set<Right> read(String words) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (String word : words.split(" ", -1)) {
            of(word).ifPresent(rights::add);
        }
        return Collections.unmodifiableSet(rights);
    }
}

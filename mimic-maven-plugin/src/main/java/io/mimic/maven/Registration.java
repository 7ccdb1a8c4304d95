package io.mimic.maven;

import io.mimic.maven.Collector.CollectorException;
import io.mimic.project.Origins;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the project with a collector. What was not given is asked for, one after the other, each checked before the next, as often as
 * somebody wants to try; without a terminal what is missing is told at once.
 */
final class Registration {
    private static final String WAY_OUT = "quit";

    private final Inputs inputs;
    private final @Nullable Terminal terminal;
    private final HttpClient client;
    /** What was given was used once; when it was wrong, it is asked for. */
    private final Set<String> used = new HashSet<>();

    /** @param terminal null when nobody answers */
    Registration(Inputs inputs, @Nullable Terminal terminal, HttpClient client) {
        this.inputs = inputs;
        this.terminal = terminal;
        this.client = client;
    }

    /**
     * @param id for a project that is new
     * @param known origins that it had before
     * @throws CollectorException naming what is missing or wrong, or that somebody left
     */
    Registered register(String id, Origins known) throws CollectorException, IOException {
        if (terminal == null) {
            failWhenIncomplete();
        } else {
            terminal.say("The pages will record into a project of a MIMIC collector. \"" + WAY_OUT
                    + "\" leaves, nothing is changed.");
        }
        Origins given = both(known, Inputs.origins(inputs.get(Inputs.ORIGINS).orElse(""), Inputs.ORIGINS));
        Collector collector = collector();
        String token = token(collector);
        while (true) {
            String name = value(Inputs.PROJECT, "Name of the project:", false);
            Optional<Registered> registered = named(name, id, collector, token, given);
            if (registered.isPresent()) {
                return registered.get();
            }
        }
    }

    /** @return empty when another name is to be tried */
    private Optional<Registered> named(String name, String id, Collector collector, String token, Origins given)
            throws CollectorException, IOException {
        while (true) {
            String password = value(Inputs.PASSWORD, "Its password (a new project gets it):", true);
            try {
                Collector.Found found = collector.register(id, name, password, token, given);
                Registered registered = new Registered(found.id(), name, collector, given, found.hasOrigins());
                return Optional.of(found.hasOrigins() ? registered : withOrigins(registered, password, token));
            } catch (CollectorException e) {
                again(e);
                if (!e.passwordAlone()) {
                    return Optional.empty();
                }
            }
        }
    }

    /** Asked for last, when the project is there: the collector may allow the pages' site already. */
    private Registered withOrigins(Registered registered, String password, String token)
            throws IOException, CollectorException {
        while (terminal != null) {
            String answer = terminal.ask("Origins of the pages, separated by commas, such as https://www.example.org"
                            + " (Enter: those that the collector allows):")
                    .orElse("");
            if (answer.isBlank() || answer.trim().equals(WAY_OUT)) {
                return registered;
            }
            try {
                Origins origins = Inputs.origins(answer, Inputs.ORIGINS);
                Collector.Found found =
                        registered.collector().register(registered.id(), registered.name(), password, token, origins);
                return new Registered(
                        found.id(), registered.name(), registered.collector(), origins, found.hasOrigins());
            } catch (CollectorException e) {
                again(e);
            }
        }
        return registered;
    }

    private static Origins both(Origins known, Origins given) throws CollectorException {
        try {
            return known.and(given);
        } catch (IllegalArgumentException e) {
            throw new CollectorException(Inputs.ORIGINS + ": " + e.getMessage());
        }
    }

    private void failWhenIncomplete() throws CollectorException {
        List<String> missing = new ArrayList<>();
        for (String name : List.of(Inputs.COLLECTOR, Inputs.PROJECT, Inputs.PASSWORD)) {
            if (inputs.get(name).isEmpty()) {
                missing.add(name + " (or " + Inputs.variable(name) + " in the environment)");
            }
        }
        if (!missing.isEmpty()) {
            throw new CollectorException("Missing: " + String.join(", ", missing)
                    + ". Give them with -D, in the environment, or as server mimic in settings.xml; or set "
                    + "mimic.mode=same-origin when the app itself has MIMIC.");
        }
    }

    private Collector collector() throws CollectorException, IOException {
        while (true) {
            String url = value(Inputs.COLLECTOR, "Address of the collector (https://…/mimic):", false);
            try {
                return Collector.connect(url, client);
            } catch (CollectorException e) {
                again(e);
            }
        }
    }

    private String token(Collector collector) throws CollectorException, IOException {
        String given = inputs.get(Inputs.TOKEN).orElse("");
        while (true) {
            if (collector.takes(given)) {
                return given;
            }
            CollectorException refused = new CollectorException(
                    given.isEmpty()
                            ? "The collector registers projects only with its registration token (" + Inputs.TOKEN
                                    + ")."
                            : "The collector does not take this registration token.");
            again(refused);
            given = answer("Registration token:", true);
        }
    }

    private String value(String name, String question, boolean secret) throws CollectorException, IOException {
        Optional<String> given = used.add(name) ? inputs.get(name) : Optional.empty();
        return given.isPresent() ? given.get() : answer(question, secret);
    }

    private String answer(String question, boolean secret) throws CollectorException, IOException {
        Terminal there = terminal;
        if (there == null) {
            throw new CollectorException("Nobody is there to answer: " + question);
        }
        while (true) {
            Optional<String> answer = secret ? there.askSecret(question) : there.ask(question);
            if (answer.isEmpty() || answer.get().trim().equals(WAY_OUT)) {
                throw new CollectorException("Left without registering; nothing was changed.");
            }
            if (!answer.get().isBlank()) {
                return secret ? answer.get() : answer.get().trim();
            }
        }
    }

    private void again(CollectorException wrong) throws CollectorException {
        if (terminal == null) {
            throw wrong;
        }
        terminal.say(String.valueOf(wrong.getMessage()));
    }

    /**
     * A registered project.
     *
     * @param id public id
     * @param origins that it was given now
     * @param hasOrigins whether it says itself whose pages may send
     */
    record Registered(String id, String name, Collector collector, Origins origins, boolean hasOrigins) {}
}

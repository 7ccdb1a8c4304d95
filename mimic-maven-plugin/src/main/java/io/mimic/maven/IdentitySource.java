package io.mimic.maven;

import io.mimic.maven.Collector.CollectorException;
import io.mimic.project.Origins;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds where the pages record to: what {@code mimic.properties} says; else, when the app itself has MIMIC, an id that is made once and
 * written there; else a collector, with which the project is registered once.
 */
final class IdentitySource {
    private static final String ID = "mimic.project.id";
    private static final String NAME = "mimic.project.name";

    private final ProjectFile file;
    private final Inputs inputs;
    private final Registration registration;
    private final Consumer<String> log;

    IdentitySource(ProjectFile file, Inputs inputs, Registration registration, Consumer<String> log) {
        this.file = file;
        this.inputs = inputs;
        this.registration = registration;
        this.log = log;
    }

    /**
     * @param mode where MIMIC is
     * @param write false: nothing is written or registered, a new project gets an id for show
     */
    Identity find(Mode mode, boolean write) throws IOException, CollectorException {
        Optional<String> collector = inputs.get(Inputs.COLLECTOR).or(() -> file.value(Inputs.COLLECTOR));
        boolean own = mode == Mode.SAME_ORIGIN || (mode == Mode.APP_HAS_MIMIC && collector.isEmpty());
        return own ? sameOrigin(write) : collector(collector, write);
    }

    private Identity sameOrigin(boolean write) throws IOException {
        String path = file.value("mimic.path").orElse("/mimic").replaceFirst("/+$", "");
        Optional<String> known = file.value(ID);
        String id = known.orElseGet(IdentitySource::newId);
        if (known.isEmpty() && write) {
            file.set(ID, id);
            log.accept("The project's id was made: commit " + file.path() + ", or the next build makes another.");
        } else if (known.isEmpty()) {
            log.accept("An id would be made for the project, and written to " + file.path() + ".");
        }
        return new Identity(id, ".." + path + "/ingest", null);
    }

    private Identity collector(Optional<String> url, boolean write) throws IOException, CollectorException {
        Optional<String> known = file.value(ID);
        Optional<String> found = file.value(Inputs.COLLECTOR);
        boolean same = url.isPresent()
                && found.isPresent()
                && Collector.same(url.get(), found.get())
                && inputs.get(Inputs.PROJECT)
                        .map(name -> file.value(NAME).filter(name::equals).isPresent())
                        .orElse(true)
                && knowsOrigins();
        if (known.isPresent() && same) {
            return at(known.get(), found.get());
        }
        if (!write) {
            return planned(url);
        }
        Registration.Registered registered =
                registration.register(known.orElseGet(IdentitySource::newId), storedOrigins());
        if (known.isEmpty()) {
            file.set(ID, registered.id());
        } else if (!known.get().equals(registered.id())) {
            throw new CollectorException(
                    file.path() + " has " + ID + "=" + known.get() + ", but the project " + registered.name()
                            + " has the id " + registered.id() + ": remove that line, or name another project.");
        }
        file.set(NAME, registered.name());
        file.set(Inputs.COLLECTOR, registered.collector().url());
        if (!registered.origins().isEmpty()) {
            file.set(Inputs.ORIGINS, String.join(",", registered.origins().all()));
        }
        log.accept("The project " + registered.name() + " is registered at "
                + registered.collector().url() + ": commit " + file.path() + ".");
        if (!registered.hasOrigins()) {
            log.accept(
                    "The project names no origins: pages may send when mimic.cross-origins of the collector has their "
                            + "site; " + Inputs.ORIGINS + "=https://… gives the project its own.");
        }
        return at(registered.id(), registered.collector().url());
    }

    private Identity planned(Optional<String> url) throws CollectorException {
        String address = url.isPresent() ? Collector.address(url.get()).toString() : "https://collector.invalid/mimic";
        log.accept("A project would be registered at "
                + (url.isPresent() ? address : "a collector that is yet to be named (" + Inputs.COLLECTOR + ")")
                + ", and written to " + file.path() + ".");
        return at(file.value(ID).orElseGet(IdentitySource::newId), address);
    }

    /** Origins that are new are told to the collector. */
    private boolean knowsOrigins() throws CollectorException {
        Origins given = Inputs.origins(inputs.get(Inputs.ORIGINS).orElse(""), Inputs.ORIGINS);
        return storedOrigins().all().containsAll(given.all());
    }

    private Origins storedOrigins() throws CollectorException {
        return Inputs.origins(file.value(Inputs.ORIGINS).orElse(""), Inputs.ORIGINS + " in " + file.path());
    }

    private static Identity at(String id, String url) throws CollectorException {
        URI address = Collector.url(url);
        return new Identity(id, url + "/ingest", address.getScheme() + "://" + address.getRawAuthority());
    }

    private static String newId() {
        byte[] bytes = new byte[10];
        new SecureRandom().nextBytes(bytes);
        return "p_" + HexFormat.of().formatHex(bytes);
    }

    /** Where MIMIC is. */
    enum Mode {
        /** In the app itself; said so. */
        SAME_ORIGIN,
        /** At a collector; said so. */
        COLLECTOR,
        /** Not said; the app has MIMIC among its dependencies. */
        APP_HAS_MIMIC,
        /** Not said; the app has no MIMIC. */
        UNKNOWN
    }
}

package io.mimic.e2e;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to run the outside host app.
 *
 * @param boot version of Spring Boot
 * @param apart Actuator on a port of its own, requests on virtual threads where Java has them
 */
record Hosting(String boot, Login login, Place place, boolean apart) {
    static final List<String> BOOTS = List.of("3.5.7", "4.0.7");

    /** Who may see what of the host. */
    enum Login {
        /** Spring Boot's own rule: everything is closed, by password. */
        BOOTS_OWN,
        /** Form login, CSRF protection on. */
        FORM,
        /** The same, and the host says who sees MIMIC's dashboard. */
        FORM_AND_DASHBOARD,
        /** Resource server: bearer tokens. */
        TOKENS
    }

    /** Where the host is, as browsers see it. */
    enum Place {
        ROOT("", ""),
        CONTEXT_PATH("/shop", "/shop"),
        /** Behind nginx with a prefix; Spring reads what it forwards. */
        NGINX("/shop", "/outer"),
        /** The same; the host ignores what it forwards, MIMIC trusts it. */
        NGINX_TRUSTED_BY_MIMIC("", "/outer");

        final String context;
        final String seen;

        Place(String context, String seen) {
            this.context = context;
            this.seen = seen;
        }

        boolean behindNginx() {
            return this == NGINX || this == NGINX_TRUSTED_BY_MIMIC;
        }
    }

    List<String> settings() {
        List<String> all = new ArrayList<>(List.of("server.port=0", "server.servlet.context-path=" + place.context));
        switch (login) {
            case BOOTS_OWN -> all.add("spring.security.user.password=kettle");
            case FORM -> all.add("spring.profiles.active=form");
            case FORM_AND_DASHBOARD -> all.addAll(List.of("spring.profiles.active=form", "mimic.dashboard.auth=host"));
            case TOKENS -> all.add("spring.profiles.active=jwt");
        }
        switch (place) {
            case NGINX ->
                all.addAll(List.of(
                        "server.forward-headers-strategy=framework",
                        // the container knows nothing of the prefix, so its own cookie has to be told
                        "server.servlet.session.cookie.path=" + place.seen));
            case NGINX_TRUSTED_BY_MIMIC -> all.add("mimic.trusted-proxies=127.0.0.0/8");
            default -> all.add("server.forward-headers-strategy=none");
        }
        if (apart) {
            all.addAll(List.of("management.server.port=0", "spring.threads.virtual.enabled=true"));
        }
        return all;
    }

    @Override
    public String toString() {
        return "Boot " + boot + ", " + login + ", " + place + (apart ? ", Actuator apart, virtual threads" : "");
    }
}

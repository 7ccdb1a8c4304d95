package io.mimic.dashboard;

import io.mimic.project.Project;
import java.util.Optional;

/** Who is logged in. */
interface Logins {
    /** @return the new login's token: unguessable, safe in a cookie */
    String begin(Project project);

    /** The project that a token is logged in to; using it keeps it from going idle. Empty when it is unknown, ended or expired. */
    Optional<Project> find(String token);

    /** Ends a login. Without effect when there is none. */
    void end(String token);
}

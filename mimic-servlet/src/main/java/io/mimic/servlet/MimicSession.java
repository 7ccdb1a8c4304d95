package io.mimic.servlet;

import jakarta.servlet.ServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The recorded session that a request of the host belongs to. For the host's own code: which replay shows this user, who the user is, what
 * just happened.
 *
 * <p>There always is one: where nobody is recorded, it says nothing and does nothing, so that no call needs a condition. A visitor's first
 * request comes before the session; what is told in it reaches the session that the page begins. Nothing here throws, waits or begins a
 * session. Thread-safe; may be handed to other threads while the request runs.
 */
public final class MimicSession {
    private static final MimicSession NONE = new MimicSession(null);

    private final @Nullable HostRequest request;

    private MimicSession(@Nullable HostRequest request) {
        this.request = request;
    }

    /** Of the request that this thread works for; of none outside of requests. */
    public static MimicSession current() {
        HostRequest request = HostRequest.current();
        return request == null ? NONE : new MimicSession(request);
    }

    /** Of a request, on any thread. */
    public static MimicSession of(ServletRequest request) {
        HostRequest found = HostRequest.of(request);
        return found == null ? NONE : new MimicSession(found);
    }

    /** The session's id; empty when nobody is recorded, or not yet. */
    public Optional<UUID> id() {
        return Optional.ofNullable(request).map(HostRequest::session);
    }

    /** Address of the session in the dashboard, at about this moment; empty when nobody is recorded, or not yet. */
    public Optional<String> link() {
        return Optional.ofNullable(request).map(HostRequest::link);
    }

    /** Says who the user is. */
    public void identify(String user) {
        identify(user, Map.of());
    }

    /**
     * Says who the user is. Replaces what was said before.
     *
     * @param user found by this in the dashboard; what is blank says nothing
     * @param traits texts, numbers, truth values, lists and maps; anything else counts as its text, and values of secret names are masked
     */
    public void identify(@Nullable String user, @Nullable Map<String, ?> traits) {
        if (request != null && user != null && !user.isBlank()) {
            request.identify(user, traits);
        }
    }

    /** Marks a moment. */
    public void event(String name) {
        event(name, Map.of());
    }

    /**
     * Marks a moment, which the dashboard shows on the time line and finds sessions by.
     *
     * @param name what is blank says nothing
     * @param data as the traits of {@link #identify(String, Map)}
     */
    public void event(@Nullable String name, @Nullable Map<String, ?> data) {
        if (request != null && name != null && !name.isBlank()) {
            request.event(name, data);
        }
    }

    /**
     * Keeps this request out of the recording: from now on nothing that the server sees of it is kept, and when it is answered with a page
     * that has not begun yet, that page gets no recorder. Does not end a recording that runs in another page.
     */
    public void suppress() {
        if (request != null) {
            request.suppress();
        }
    }
}

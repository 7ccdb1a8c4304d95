package io.mimic.server;

import io.mimic.privacy.ClientText;
import io.mimic.privacy.Scrubber;
import io.mimic.privacy.Scrubber.Effort;
import io.mimic.privacy.Scrubber.Kind;
import io.mimic.privacy.Scrubber.TooMuchException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How what the server saw is kept.
 *
 * @param strict whether messages are masked, so that types, frames and routes remain
 * @param names that promise a secret
 * @param scrubber of what else is taken out
 */
public record ServerSettings(boolean strict, SecretNames names, Scrubber scrubber) {
    private static final long EFFORT = 8L * 1024 * 1024;

    /** A text of the host without secrets. */
    String clean(String text) {
        return scrubber.text(names.scrub(text));
    }

    /**
     * A text of the host in one line, without secrets. It is cut afterwards, since of what a cut leaves of a secret nobody can tell what it is.
     *
     * @return null when nothing is left of it
     */
    @Nullable
    String line(@Nullable String text, int limit) {
        String most = ClientText.line(text, 4 * limit);
        return most == null ? null : ClientText.line(clean(most), limit);
    }

    /** What the host says of the user or of a moment, without what must not be kept; requests are cleaned as they are written. */
    ServerItem clean(ServerItem item) {
        ServerFact fact = item.fact();
        if (fact instanceof ServerFact.Identity identity) {
            fact = new ServerFact.Identity(identity.user(), json(identity.traits(), Kind.IDENTITY));
        } else if (fact instanceof ServerFact.Moment moment) {
            fact = new ServerFact.Moment(clean(moment.name()), json(moment.data(), Kind.TEXT));
        }
        return fact == item.fact()
                ? item
                : new ServerItem(item.project(), item.session(), item.request(), item.client(), item.at(), fact);
    }

    private String json(String json, Kind kind) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] clean = scrubber.json(bytes, 0, bytes.length, kind, new Effort(EFFORT));
            return clean == null ? json : new String(clean, StandardCharsets.UTF_8);
        } catch (TooMuchException e) {
            return "{\"leftOut\":\"too much for mimic.privacy.scrub-patterns to look at\"}";
        }
    }
}

package io.mimic.session;

import io.mimic.catalog.ClientRow;
import io.mimic.privacy.AddressRule;
import io.mimic.privacy.ClientText;
import io.mimic.session.ClientMetadata.Agent;
import io.mimic.session.ClientMetadata.Members;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells what can be known of a client from its request and from what the recorder says: browser, system, device, language, place. Asks no
 * third party. Thread-safe.
 */
public final class Clients implements AutoCloseable {
    private static final int SHORT = 200;
    private static final int LONG = 2_048;
    private static final int USER_AGENT = 512;

    private final UserAgents userAgents = new UserAgents();
    private final Places places;
    private final AddressRule addresses;

    private Clients(Places places, AddressRule addresses) {
        this.places = places;
        this.addresses = addresses;
    }

    /**
     * @param locationDatabase file of a MaxMind city or country database; empty: none. One that cannot be read is told once.
     * @param addresses what is kept of a client's address; its place is told by the whole of it
     */
    public static Clients open(String locationDatabase, AddressRule addresses) {
        return new Clients(Places.open(locationDatabase), addresses);
    }

    /**
     * What is known at once: never waits for anything.
     *
     * @param meta what the recorder says, a JSON object; null when it says nothing. Members of the wrong type are left out.
     * @param header value of a request header by its lower-case name, null when absent
     * @param ip address of the client
     * @throws IllegalArgumentException when {@code meta} is no JSON object
     */
    public ClientMetadata read(@Nullable String meta, UnaryOperator<@Nullable String> header, String ip) {
        Members said = new Members(meta == null ? Map.of() : ClientMetadata.parse(meta));
        String userAgent = ClientText.line(header.apply("user-agent"), USER_AGENT);
        String timeZone = said.text("timeZone", 100);
        List<String> languages = said.texts("languages", 50);
        String language = said.text("language", 50);
        return new ClientMetadata(
                said.text("url", LONG),
                said.text("referrer", LONG),
                said.text("title", SHORT),
                ClientText.line(addresses.kept(ip), 100),
                userAgent,
                agent(said, header, userAgent),
                language == null ? preferred(header.apply("accept-language")) : language,
                languages,
                timeZone,
                places.find(header, ip, timeZone),
                said.size("screen"),
                said.size("viewport"),
                said.text("recorder", 50),
                said.text("privacy", 50));
    }

    /**
     * The catalog's columns of the metadata that the buffer kept. Completes what was not known when the batch came, which may take a
     * second: for background threads.
     *
     * @param json as kept in {@link io.mimic.buffer.Append#client}; null gives a row of nulls
     */
    public ClientRow row(@Nullable String json) {
        if (json == null) {
            return new ClientRow(
                    null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
        }
        ClientMetadata metadata = ClientMetadata.fromJson(json);
        String userAgent = metadata.userAgent();
        return metadata.agent().equals(Agent.UNKNOWN) && userAgent != null
                ? metadata.with(userAgents.resolve(userAgent)).toRow()
                : metadata.toRow();
    }

    @Override
    public void close() {
        userAgents.close();
        places.close();
    }

    private Agent agent(Members said, UnaryOperator<@Nullable String> header, @Nullable String userAgent) {
        return ClientHints.read(said, header, userAgent)
                .or(() -> userAgent == null ? Optional.empty() : userAgents.cached(userAgent))
                .orElse(Agent.UNKNOWN);
    }

    private static @Nullable String preferred(@Nullable String acceptLanguage) {
        return acceptLanguage == null ? null : ClientText.line(acceptLanguage.split("[,;]", 2)[0].replace("*", ""), 50);
    }
}

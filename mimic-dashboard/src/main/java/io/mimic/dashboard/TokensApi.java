package io.mimic.dashboard;

import io.mimic.project.Access;
import io.mimic.project.AccessLog;
import io.mimic.project.ApiToken;
import io.mimic.project.ApiTokens;
import io.mimic.project.Right;
import io.mimic.servlet.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code api/tokens}: what scripts use this API with. */
final class TokensApi {
    private static final int MAX_NAME = 100;

    private final ApiTokens tokens;
    private final AccessLog log;

    TokensApi(ApiTokens tokens, AccessLog log) {
        this.tokens = tokens;
        this.log = log;
    }

    void list(Exchange exchange, Caller caller) throws IOException {
        exchange.json(
                200,
                Map.of(
                        "items",
                        tokens.list(caller.project().id()).stream()
                                .map(TokensApi::json)
                                .toList()));
    }

    /** Answers the secret, this once. */
    void make(Exchange exchange, Caller caller) throws IOException {
        Body body = Body.of(exchange);
        String name = name(body);
        Set<Right> rights = rights(body, caller);
        int days = body.number("days", 1, (int) ApiTokens.LONGEST.toDays());
        ApiTokens.Made made = tokens.make(
                        caller.project().id(), name, rights, caller.actor().text(), Duration.ofDays(days))
                .orElseThrow(() -> Problems.conflict(
                        "Too many tokens", "A project has at most " + ApiTokens.MOST + " tokens; revoke one first."));
        String line = log.write(caller.project().id(), caller.actor(), Access.TOKEN_MADE, name);
        log.outcome(line, "may " + String.join(", ", words(rights)));
        Map<String, Object> json = json(made.token());
        json.put("secret", made.secret());
        exchange.json(201, json);
    }

    void revoke(Exchange exchange, Caller caller) {
        String id = exchange.variable("id");
        String name = tokens.list(caller.project().id()).stream()
                .filter(token -> token.id().equals(id))
                .map(ApiToken::name)
                .findFirst()
                .orElseThrow(() -> Problems.noSuchThing("token"));
        tokens.revoke(caller.project().id(), id);
        log.write(caller.project().id(), caller.actor(), Access.TOKEN_REVOKED, name);
        exchange.noContent();
    }

    private static String name(Body body) {
        String name = body.text("name", MAX_NAME).strip();
        if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
            throw Problems.malformed("The body's member name must be a text without control characters.");
        }
        return name;
    }

    /** Nobody gives away more than they have. */
    private static Set<Right> rights(Body body, Caller caller) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (String word : body.texts("rights", 20)) {
            rights.add(Right.of(word)
                    .orElseThrow(() ->
                            Problems.malformed("The body's member rights must be of read, export, erase and admin.")));
        }
        if (rights.isEmpty()) {
            throw Problems.malformed("The body's member rights must name at least one right.");
        }
        for (Right right : rights) {
            if (!caller.may(right)) {
                throw Problems.notAllowed(caller, right);
            }
        }
        return rights;
    }

    private static Iterable<String> words(Set<Right> rights) {
        return rights.stream().sorted().map(Right::word).toList();
    }

    private static Map<String, Object> json(ApiToken token) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", token.id());
        json.put("name", token.name());
        json.put("rights", words(token.rights()));
        json.put("madeBy", token.madeBy());
        json.put("madeAt", Times.iso(token.madeAt()));
        json.put("endsAt", Times.iso(token.endsAt()));
        json.put("usedAt", Times.isoOrNull(token.usedAt()));
        return json;
    }
}

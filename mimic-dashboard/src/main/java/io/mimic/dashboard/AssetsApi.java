package io.mimic.dashboard;

import io.mimic.archive.SessionArchive.NoSuchObjectException;
import io.mimic.catalog.AssetRow;
import io.mimic.catalog.SessionAsset;
import io.mimic.json.Jackson;
import io.mimic.replay.SessionReader;
import io.mimic.servlet.Exchange;
import io.mimic.servlet.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** {@code api/sessions/{id}/assets}: what was kept of what a session's pages show. */
final class AssetsApi {
    /** An asset is a file of the recorded app: opened by its address it must neither run nor load anything. */
    private static final String INERT =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

    /** What is named by its hash never changes. */
    private static final String KEPT_FOR_EVER = "private, max-age=31536000, immutable";

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private static final Pattern SEVERAL = Pattern.compile("[0-9a-f]{64}(,[0-9a-f]{64}){0,15}");

    /** What comes with others is held in memory with them. */
    private static final long MOST_WITH_OTHERS = 64 << 10;

    private final SessionReader sessions;

    AssetsApi(SessionReader sessions) {
        this.sessions = sessions;
    }

    void list(Exchange exchange, Caller caller) throws IOException {
        UUID session = SessionsApi.session(exchange);
        if (!sessions.exists(caller.project().id(), session)) {
            throw Problems.noSuchSession();
        }
        List<SessionAsset> shown = sessions.assets(caller.project().id(), session);
        String asked = Parameters.parse(exchange.request().getQueryString())
                .matching("sha256", SEVERAL.asMatchPredicate(), "up to 16 hashes in hexadecimal, with commas between");
        if (asked == null) {
            exchange.json(
                    200, Map.of("items", shown.stream().map(AssetsApi::json).toList()));
            return;
        }
        Set<String> hashes = new HashSet<>(List.of(asked.split(",", -1)));
        List<Map<String, Object>> contents = contents(shown, hashes);
        if (contents.size() == hashes.size()) {
            exchange.response().setHeader("Cache-Control", KEPT_FOR_EVER);
        }
        Json.stream(exchange, out -> Jackson.MAPPER.write(Map.of("items", contents), out));
    }

    /** Of those that are asked for, the small ones: a page shows many, and each would cost a request of its own. */
    private List<Map<String, Object>> contents(List<SessionAsset> shown, Set<String> asked) throws IOException {
        Map<String, AssetRow> small = new LinkedHashMap<>();
        for (SessionAsset item : shown) {
            AssetRow asset = item.asset();
            if (asked.contains(asset.sha256()) && asset.bytes() <= MOST_WITH_OTHERS) {
                small.put(asset.sha256(), asset);
            }
        }
        List<Map<String, Object>> contents = new ArrayList<>();
        for (AssetRow asset : small.values()) {
            try {
                String content = Base64.getEncoder().encodeToString(bytes(asset));
                contents.add(Map.of("sha256", asset.sha256(), "content", content));
            } catch (NoSuchObjectException e) {
                // removed meanwhile: who asks for it alone is told
            }
        }
        return contents;
    }

    void asset(Exchange exchange, Caller caller) throws IOException {
        UUID session = SessionsApi.session(exchange);
        String sha256 = exchange.variable("sha256");
        if (!SHA256.matcher(sha256).matches()) {
            throw none();
        }
        AssetRow asset = sessions.asset(caller.project().id(), session, sha256).orElseThrow(AssetsApi::none);
        byte[] bytes = read(asset);
        exchange.secure(INERT);
        exchange.response().setHeader("Cache-Control", KEPT_FOR_EVER);
        exchange.response().setHeader("Content-Disposition", "attachment");
        exchange.send(200, asset.type(), bytes);
    }

    /** Whole, before anything is sent: what broke off must not be kept by a browser for a year. */
    private byte[] read(AssetRow asset) throws IOException {
        try {
            return bytes(asset);
        } catch (NoSuchObjectException e) {
            throw none();
        }
    }

    private byte[] bytes(AssetRow asset) throws IOException {
        try (InputStream in = sessions.open(asset)) {
            return in.readAllBytes();
        }
    }

    private static Map<String, Object> json(SessionAsset shown) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("url", shown.url());
        json.put("sha256", shown.asset().sha256());
        json.put("type", shown.asset().type());
        json.put("bytes", shown.asset().bytes());
        return json;
    }

    private static ProblemException none() {
        return new ProblemException(404, "Not found", "This session shows no such asset.");
    }
}

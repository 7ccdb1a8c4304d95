package io.mimic.session;

import io.mimic.privacy.ClientText;
import io.mimic.session.ClientMetadata.Agent;
import io.mimic.session.ClientMetadata.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads browser and system from what the browser itself says: {@code navigator.userAgentData}, else the Sec-CH-UA headers. */
final class ClientHints {
    /** Browsers mix a made-up name into the list, such as {@code Not;A=Brand}, so that nobody relies on its order. */
    private static final Pattern MADE_UP = Pattern.compile("(?i).*not.*brand.*");

    private static final Pattern HEADER_ITEM =
            Pattern.compile("\"([^\"]{1,100})\"\\s*;\\s*v\\s*=\\s*\"([^\"]{0,50})\"");
    private static final Pattern BOT = Pattern.compile("(?i)bot\\b|crawl|spider|headless|lighthouse|slurp");
    private static final Map<String, String> SHORT_NAMES = Map.of(
            "Google Chrome", "Chrome",
            "Microsoft Edge", "Edge",
            "HeadlessChrome", "Headless Chrome",
            "YaBrowser", "Yandex Browser");

    private ClientHints() {}

    /** @param userAgent the user agent header, which tells bots and tablets better than the hints do */
    static Optional<Agent> read(Members meta, UnaryOperator<@Nullable String> header, @Nullable String userAgent) {
        Members hints = meta.object("userAgentData");
        List<Brand> brands = brands(hints);
        if (brands.isEmpty()) {
            brands = brands(header.apply("sec-ch-ua"));
        }
        Brand brand = pick(brands);
        if (brand == null) {
            return Optional.empty();
        }
        String platform = first(hints.text("platform", 50), unquoted(header.apply("sec-ch-ua-platform")));
        String version = first(hints.text("platformVersion", 50), unquoted(header.apply("sec-ch-ua-platform-version")));
        boolean mobile = hints.flag("mobile") || "?1".equals(header.apply("sec-ch-ua-mobile"));
        return Optional.of(new Agent(
                SHORT_NAMES.getOrDefault(brand.name(), brand.name()),
                brand.version(),
                system(platform),
                version(platform, version),
                device(platform, mobile, userAgent)));
    }

    static boolean bot(@Nullable String userAgent) {
        return userAgent != null && BOT.matcher(userAgent).find();
    }

    private static @Nullable Brand pick(List<Brand> brands) {
        Brand best = null;
        for (Brand brand : brands) {
            boolean engine = brand.name().equals("Chromium");
            if (!MADE_UP.matcher(brand.name()).matches() && (best == null || !engine)) {
                best = brand;
            }
        }
        return best;
    }

    private static List<Brand> brands(Members hints) {
        List<Brand> brands = new ArrayList<>();
        for (Members item : hints.objects("brands")) {
            String name = item.text("brand", 100);
            if (name != null) {
                brands.add(new Brand(name, item.text("version", 50)));
            }
        }
        return brands;
    }

    private static List<Brand> brands(@Nullable String header) {
        List<Brand> brands = new ArrayList<>();
        if (header != null && header.length() <= 1_000) {
            Matcher matcher = HEADER_ITEM.matcher(header);
            while (matcher.find()) {
                brands.add(new Brand(matcher.group(1), ClientText.line(matcher.group(2), 50)));
            }
        }
        return brands;
    }

    private static @Nullable String system(@Nullable String platform) {
        return platform != null && platform.toLowerCase(Locale.ROOT).matches("chrom(e|ium) ?os")
                ? "ChromeOS"
                : platform;
    }

    /** Windows tells its own kind of numbers: 13 and above is Windows 11, 1 to 10 is Windows 10. */
    private static @Nullable String version(@Nullable String platform, @Nullable String version) {
        if (!"Windows".equals(platform) || version == null || !version.matches("\\d{1,4}(\\..*)?")) {
            return version;
        }
        int major = Integer.parseInt(version.split("\\.", 2)[0]);
        return major >= 13 ? "11" : major >= 1 ? "10" : "8 or older";
    }

    private static String device(@Nullable String platform, boolean mobile, @Nullable String userAgent) {
        if (bot(userAgent)) {
            return "bot";
        }
        if (mobile) {
            return "mobile";
        }
        return "Android".equals(platform) ? "tablet" : "desktop";
    }

    private static @Nullable String unquoted(@Nullable String header) {
        return header == null ? null : ClientText.line(header.replace("\"", ""), 50);
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private record Brand(String name, @Nullable String version) {}
}

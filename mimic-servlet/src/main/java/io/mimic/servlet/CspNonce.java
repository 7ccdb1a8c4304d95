package io.mimic.servlet;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The nonce of a page's Content-Security-Policy. */
final class CspNonce {
    private static final Pattern NONCE = Pattern.compile("'nonce-([A-Za-z0-9+/_=-]+)'", Pattern.CASE_INSENSITIVE);

    private CspNonce() {}

    /** @return the nonce that a script needs, else empty */
    static String of(Collection<String> policies) {
        for (String directive : new String[] {"script-src-elem", "script-src", "default-src"}) {
            for (String policy : policies) {
                String nonce = find(policy, directive);
                if (!nonce.isEmpty()) {
                    return nonce;
                }
            }
        }
        return "";
    }

    private static String find(String policy, String directive) {
        for (String part : policy.split("[;,]", -1)) {
            String text = part.trim();
            if (text.toLowerCase(Locale.ROOT).startsWith(directive + " ")) {
                Matcher matcher = NONCE.matcher(text);
                return matcher.find() ? matcher.group(1) : "";
            }
        }
        return "";
    }
}

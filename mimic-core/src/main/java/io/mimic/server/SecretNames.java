package io.mimic.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names whose values are never kept: the recorder's list (docs/privacy.md), and names that settings add. Immutable. */
public final class SecretNames {
    /** Stands for what was taken out. */
    public static final String MASK = "***";

    static final List<String> WORDS = List.of(
            ("password passwd passphrase passcode pwd secret token jwt bearer auth authorization authenticate credential"
                            + " credentials apikey accesskey privatekey sessionkey signature sig session sessionid sid jsessionid"
                            + " phpsessid csrf xsrf otp totp mfa pin cvv cvc cvn ssn iban cardnumber ccnumber creditcard nonce"
                            + " assertion samlresponse samlrequest ticket cookie")
                    .split(" "));
    static final List<String> PAIRS = List.of(
            ("api_key access_key private_key session_key session_id card_number credit_card cc_number cc_csc security_code"
                            + " one_time_code refresh_token reset_code invite_code auth_code code_verifier")
                    .split(" "));

    private static final Set<String> WORD_SET = Set.copyOf(WORDS);
    private static final Pattern CAMEL = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern BETWEEN = Pattern.compile("[^a-z0-9]+");
    /** Tried where a word begins alone, and never again from within it: a long one without a dot is read once. */
    private static final Pattern JWT =
            Pattern.compile("(?<![\\w-])((?:(?!eyJ)[\\w-])*+)eyJ[\\w-]{8,}+\\.[\\w-]{4,}+(?:\\.[\\w-]*+)?");

    private static final Pattern SCHEME =
            Pattern.compile("\\b(bearer|basic|digest|negotiate)\\s+[\\w.~+/=-]{6,}", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("(/\\\\?/)[^\\s/?#\"'<>\\\\]{1,200}@");
    /** Quotes may be escaped, once or more, where JSON stands in a text of JSON. */
    private static final Pattern NAMED = Pattern.compile("(\\\\{0,7}[\"']?)([\\w-]{2,40})\\1\\s{0,3}[:=]\\s{0,3}");

    private static final Pattern VALUE =
            Pattern.compile("(?s)(\\\\{0,7}[\"'])(?:.*?[^\\\\])??\\1|\\\\{0,7}[\"'].*|[^\\s\"',;&<>{}()\\[\\]]+");
    /** Headers whose value has blanks in it. */
    private static final Pattern HEADER = Pattern.compile("(?i)(?:proxy-)?authorization|(?:set-)?cookie");

    private static final Pattern HEADER_VALUE = Pattern.compile("[^\"'\\s\\\\].*");
    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}");
    private static final Pattern ONE_WORD = Pattern.compile("[\\w.~+=-]{24,}");

    private final Set<String> more;

    private SecretNames(Set<String> more) {
        this.more = more;
    }

    /** @param more names beyond the built-in ones */
    public static SecretNames with(Collection<String> more) {
        return new SecretNames(
                more.stream().map(name -> String.join("_", words(name))).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether a name of a parameter, header, field or key promises a secret. */
    public boolean promisesSecret(String name) {
        List<String> words = words(name);
        String joined = String.join("_", words);
        return more.contains(joined)
                || WORD_SET.contains(String.join("", words))
                || words.stream().anyMatch(WORD_SET::contains)
                || PAIRS.stream().anyMatch(joined::contains);
    }

    /** Free text without the values of secret names and without what looks like a credential. */
    public String scrub(String text) {
        String out = text;
        if (out.contains("eyJ")) {
            out = JWT.matcher(out).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        }
        out = SCHEME.matcher(out).replaceAll("$1 " + Matcher.quoteReplacement(MASK));
        if (out.indexOf('@') >= 0) {
            out = USER_INFO.matcher(out).replaceAll("$1");
        }
        return out.indexOf(':') >= 0 || out.indexOf('=') >= 0 ? scrubAssigned(out) : out;
    }

    /** A path without matrix parameters, and without segments that no person wrote. */
    String scrubPath(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(segment -> segment.split(";", 2)[0])
                .map(segment -> looksRandom(segment) ? MASK : segment)
                .collect(Collectors.joining("/"));
    }

    private String scrubAssigned(String text) {
        StringBuilder out = new StringBuilder();
        Matcher named = NAMED.matcher(text);
        Matcher value = VALUE.matcher(text);
        Matcher line = HEADER_VALUE.matcher(text);
        int from = 0;
        int at = 0;
        while (named.find(at)) {
            at = named.end();
            if (!isSecret(named.group(2), text, named.start())) {
                continue;
            }
            boolean header = HEADER.matcher(named.group(2)).matches();
            Matcher end = header && line.region(at, text.length()).lookingAt() ? line : value;
            if (end == line || value.region(at, text.length()).lookingAt()) {
                out.append(text, from, at).append(MASK);
                at = end.end();
                from = at;
            }
        }
        return out.append(text, from, text.length()).toString();
    }

    /** The first letter may belong to an escaped line break. */
    private boolean isSecret(String name, String text, int at) {
        return promisesSecret(name) || (at > 0 && text.charAt(at - 1) == '\\' && promisesSecret(name.substring(1)));
    }

    private static boolean looksRandom(String segment) {
        return ONE_WORD.matcher(segment).matches()
                && segment.chars().anyMatch(Character::isDigit)
                && segment.chars().anyMatch(Character::isLetter)
                && !UUID.matcher(segment).matches();
    }

    private static List<String> words(String name) {
        String parted = CAMEL.matcher(name).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>(Arrays.asList(BETWEEN.split(parted)));
        words.removeIf(String::isEmpty);
        return words;
    }
}

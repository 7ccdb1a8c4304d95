package io.mimic.servlet;

import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.RecorderSettings;
import io.mimic.json.Jackson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The script tag that loads the recorder, as docs/wire.md has it. Pure ASCII. */
final class RecorderTag {
    private final String mount;
    private final String version;
    private final String configuration;
    /** The one that was made last: a host has one path and one project, as a rule. */
    private volatile @Nullable Made made;

    /** @param hash of the recorder's content; empty when it is not known */
    RecorderTag(MimicConfig config, String hash) {
        mount = config.get(MimicSetting.PATH);
        version = hash.isEmpty() ? "" : "?v=" + hash;
        Map<String, Object> settings = RecorderSettings.of(config);
        configuration = settings.isEmpty() ? "" : " data-mimic-config=\"" + attribute(json(settings)) + "\"";
    }

    /**
     * @param basePath the host's context path as the browser sees it
     * @param nonce of the page's Content-Security-Policy; empty without one
     */
    String html(String basePath, String project, String nonce) {
        Made known = made;
        if (known == null || !known.project.equals(project) || !known.basePath.equals(basePath)) {
            known = new Made(basePath, project, withoutNonce(basePath, project));
            made = known;
        }
        return known.beginning + (nonce.isEmpty() ? "" : " nonce=\"" + attribute(nonce) + '"') + "></script>";
    }

    private String withoutNonce(String basePath, String project) {
        return "<script src=\"" + attribute(basePath + mount) + "/recorder.js" + version + "\" data-mimic-project=\""
                + attribute(project) + '"' + configuration + " defer";
    }

    private static String json(Map<String, Object> settings) {
        try {
            return Jackson.MAPPER.asString(settings);
        } catch (IOException e) {
            throw new UncheckedIOException("The recorder's settings cannot be written.", e);
        }
    }

    private static String attribute(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> {
                    if (c < 0x80) {
                        escaped.append(c);
                    } else {
                        escaped.append("&#").append(text.codePointAt(i)).append(';');
                        i += Character.charCount(text.codePointAt(i)) - 1;
                    }
                }
            }
        }
        return escaped.toString();
    }

    /** @param beginning of the tag, as far as the nonce */
    private record Made(String basePath, String project, String beginning) {}
}

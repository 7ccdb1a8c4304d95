package io.mimic.maven;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What lies beside the pages: the recorder as it is in this MIMIC, the files that it loads when they are needed, and the settings script.
 *
 * @param project public id
 */
record RecorderFiles(String project, File settings, File recorder, List<File> sides) {
    private static final List<String> SIDES = List.of("vitals.js", "canvas.js");

    /** @param settingsJson of the recorder, docs/wire.md section 1; ASCII */
    static RecorderFiles load(String project, String settingsJson) throws IOException {
        List<File> sides = new ArrayList<>();
        for (String side : SIDES) {
            sides.add(new File(side, resource(side)));
        }
        String script = "/* Made by mimic:instrument. */window.mimicSettings=Object.assign(" + settingsJson
                + ",window.mimicSettings);";
        return new RecorderFiles(
                project,
                new File("mimic.js", script.getBytes(StandardCharsets.US_ASCII)),
                new File("recorder.js", resource("recorder.js")),
                List.copyOf(sides));
    }

    List<File> all() {
        List<File> all = new ArrayList<>(List.of(settings, recorder));
        all.addAll(sides);
        return all;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = RecorderFiles.class.getClassLoader().getResourceAsStream("META-INF/mimic/" + name)) {
            if (in == null) {
                throw new IOException("The plugin's jar of mimic-core has no META-INF/mimic/" + name + ".");
            }
            return in.readAllBytes();
        }
    }

    /** A file with its content. */
    record File(String name, byte[] content) {
        /** For the {@code integrity} attribute. */
        String integrity() {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-384").digest(content);
                return "sha384-" + Base64.getEncoder().encodeToString(hash);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-384.", e);
            }
        }
    }
}

package io.mimic.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The request's {@code Accept-Encoding}: weights by coding. */
record AcceptedEncodings(Map<String, Double> weights) {
    static AcceptedEncodings of(HttpServletRequest request) {
        Map<String, Double> weights = new HashMap<>();
        for (String header : Collections.list(request.getHeaders("Accept-Encoding"))) {
            for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] words = part.trim().split("\\s*;\\s*", -1);
                weights.put(words[0], words.length > 1 ? weight(words[1]) : 1.0);
            }
        }
        return new AcceptedEncodings(weights);
    }

    boolean accepts(String coding) {
        return weights.getOrDefault(coding, weights.getOrDefault("*", 0.0)) > 0;
    }

    private static double weight(String parameter) {
        try {
            return parameter.startsWith("q=") ? Double.parseDouble(parameter.substring(2)) : 1.0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

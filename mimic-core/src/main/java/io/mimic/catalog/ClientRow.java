package io.mimic.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Client metadata in columns; all may be null.
 *
 * @param json the whole metadata as a JSON object
 */
public record ClientRow(
        @Nullable String landingUrl,
        @Nullable String title,
        @Nullable String ip,
        @Nullable String browser,
        @Nullable String browserVersion,
        @Nullable String os,
        @Nullable String osVersion,
        @Nullable String device,
        @Nullable String language,
        @Nullable String timeZone,
        @Nullable String country,
        @Nullable String countryCode,
        @Nullable String region,
        @Nullable String city,
        @Nullable String json) {}

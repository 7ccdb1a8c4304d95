package io.mimic.benchmarks;

import io.mimic.catalog.SessionQuery;
import org.jspecify.annotations.Nullable;

/** A question to the list, of which most is left open. */
final class CatalogAsk {
    private @Nullable String q;
    private boolean errors;
    private @Nullable String status;
    private @Nullable String browser;
    private @Nullable String country;
    private @Nullable String user;
    private @Nullable String cursor;
    private int limit = 50;

    CatalogAsk q(String word) {
        q = word;
        return this;
    }

    CatalogAsk errors() {
        errors = true;
        return this;
    }

    CatalogAsk status(String code) {
        status = code;
        return this;
    }

    CatalogAsk browser(String name) {
        browser = name;
        return this;
    }

    CatalogAsk country(String name) {
        country = name;
        return this;
    }

    CatalogAsk user(String name) {
        user = name;
        return this;
    }

    CatalogAsk cursor(@Nullable String place) {
        cursor = place;
        return this;
    }

    CatalogAsk limit(int rows) {
        limit = rows;
        return this;
    }

    SessionQuery query() {
        return new SessionQuery(
                CatalogRows.PROJECT,
                q,
                errors,
                status,
                browser,
                null,
                country,
                user,
                null,
                null,
                false,
                0,
                0,
                0,
                0,
                limit,
                cursor);
    }
}

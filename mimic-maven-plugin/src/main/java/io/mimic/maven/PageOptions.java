package io.mimic.maven;

import org.jspecify.annotations.Nullable;

/**
 * How pages are instrumented.
 *
 * @param folder of the recorder's files, below the app's root
 * @param publicPath fixed address of the app's root; null: told by each page
 * @param templates whether JSP, Thymeleaf, Freemarker and Facelets templates are instrumented
 * @param endpointOrigin origin of the collector; null when it is the page's own
 */
record PageOptions(
        String folder,
        @Nullable String publicPath,
        boolean templates,
        @Nullable String endpointOrigin) {}

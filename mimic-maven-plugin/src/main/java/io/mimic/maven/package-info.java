/**
 * {@code mvn mimic:instrument}: puts the recorder into pages at build time. Pure parts first: {@link PageText} (bytes), {@link HeadFinder}
 * (place), {@link PageEditor} (splice); around them folders, archives, the collector and the goals.
 */
@NullMarked
package io.mimic.maven;

import org.jspecify.annotations.NullMarked;

package io.mimic.maven;

import org.jspecify.annotations.Nullable;

/**
 * Where pages record to.
 *
 * @param project public id
 * @param endpoint address that batches are posted to; relative to the recorder's folder when the app itself has MIMIC
 * @param origin of the collector; null when the app itself has MIMIC
 */
record Identity(String project, String endpoint, @Nullable String origin) {}

/** What the pipeline counts while it runs; a host's metrics and MIMIC's health read it. */
@NullMarked
package io.mimic.metric;

import org.jspecify.annotations.NullMarked;

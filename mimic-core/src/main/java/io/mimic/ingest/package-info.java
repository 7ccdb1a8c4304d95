/** From an HTTP body to an accepted batch. */
@NullMarked
package io.mimic.ingest;

import org.jspecify.annotations.NullMarked;

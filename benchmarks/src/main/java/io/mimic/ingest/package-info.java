/** What is measured of reading batches from within its package. */
@NullMarked
package io.mimic.ingest;

import org.jspecify.annotations.NullMarked;

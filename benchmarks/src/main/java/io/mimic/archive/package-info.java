/** What is measured of segments from within its package. */
@NullMarked
package io.mimic.archive;

import org.jspecify.annotations.NullMarked;

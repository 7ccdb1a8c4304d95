/** Moves sessions out of the buffer into finished segments, and keeps these. */
@NullMarked
package io.mimic.archive;

import org.jspecify.annotations.NullMarked;

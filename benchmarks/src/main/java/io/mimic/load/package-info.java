/** Plays recordings as many visitors at once, over HTTP, and reads back what was acknowledged: {@code bin/load}. */
@NullMarked
package io.mimic.load;

import org.jspecify.annotations.NullMarked;

/** The read side: windows, segments, markers and event streams of one session. */
@NullMarked
package io.mimic.replay;

import org.jspecify.annotations.NullMarked;

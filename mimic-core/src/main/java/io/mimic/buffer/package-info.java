/** Active sessions: what was accepted and is not archived yet. Knows nothing of the other packages but {@link io.mimic.store}. */
@NullMarked
package io.mimic.buffer;

import org.jspecify.annotations.NullMarked;

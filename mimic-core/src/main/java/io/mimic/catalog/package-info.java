/** What can be listed, searched and filtered. Knows nothing of the other packages but {@link io.mimic.store}. */
@NullMarked
package io.mimic.catalog;

import org.jspecify.annotations.NullMarked;

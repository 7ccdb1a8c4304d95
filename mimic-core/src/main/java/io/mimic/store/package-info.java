/** What the three stores share: how they fail and how they say that they are well. */
@NullMarked
package io.mimic.store;

import org.jspecify.annotations.NullMarked;

/** The stores that need no server: one folder holds them all. */
@NullMarked
package io.mimic.embedded;

import org.jspecify.annotations.NullMarked;

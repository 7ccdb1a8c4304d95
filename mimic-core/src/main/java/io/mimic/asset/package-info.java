/** Keeps what recorded pages looked like: the pictures, fonts and style sheets of their own origin. */
@NullMarked
package io.mimic.asset;

import org.jspecify.annotations.NullMarked;

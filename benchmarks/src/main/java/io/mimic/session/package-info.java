/** What is measured of the token from within its package. */
@NullMarked
package io.mimic.session;

import org.jspecify.annotations.NullMarked;

/** What is taken out of a recording, and what is kept of an address, before anything is stored or logged. */
@NullMarked
package io.mimic.privacy;

import org.jspecify.annotations.NullMarked;

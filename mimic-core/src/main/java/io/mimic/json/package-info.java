/** How JSON is read and written everywhere else. */
@NullMarked
package io.mimic.json;

import org.jspecify.annotations.NullMarked;

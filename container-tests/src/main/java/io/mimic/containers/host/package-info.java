/** A webapp that was there before MIMIC: answers pages in every way that the servlet API knows. */
@NullMarked
package io.mimic.containers.host;

import org.jspecify.annotations.NullMarked;

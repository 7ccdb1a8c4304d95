/** Session replay inside a Java webapp. {@link io.mimic.Mimic} is the running pipeline, {@link io.mimic.MimicConfig} its settings. */
@NullMarked
package io.mimic;

import org.jspecify.annotations.NullMarked;

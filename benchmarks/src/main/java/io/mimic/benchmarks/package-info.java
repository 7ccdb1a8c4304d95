/** Figures that anyone can repeat, each beside a reference measured in the same run. */
@NullMarked
package io.mimic.benchmarks;

import org.jspecify.annotations.NullMarked;

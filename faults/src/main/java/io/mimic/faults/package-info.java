/**
 * What MIMIC promises when processes die, freeze and are cut off, tried with real ones: {@link io.mimic.faults.Faults} runs each case and says
 * what became of every acknowledged batch.
 */
@NullMarked
package io.mimic.faults;

import org.jspecify.annotations.NullMarked;

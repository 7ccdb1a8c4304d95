/** Instrumented applications and their passwords. */
@NullMarked
package io.mimic.project;

import org.jspecify.annotations.NullMarked;

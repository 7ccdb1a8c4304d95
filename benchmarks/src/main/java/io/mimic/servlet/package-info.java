/** What is measured of the filter from within its package. */
@NullMarked
package io.mimic.servlet;

import org.jspecify.annotations.NullMarked;

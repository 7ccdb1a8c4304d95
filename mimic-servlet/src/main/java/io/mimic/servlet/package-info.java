/**
 * MIMIC in a servlet container. {@link io.mimic.servlet.MimicFilter} answers what is below the mount path and lets everything else pass;
 * {@link io.mimic.servlet.RouteProvider} is how another jar adds to what is answered.
 */
@NullMarked
package io.mimic.servlet;

import org.jspecify.annotations.NullMarked;

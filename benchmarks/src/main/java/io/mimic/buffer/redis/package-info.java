/** What is measured of the Redis buffer from within its package. */
@NullMarked
package io.mimic.buffer.redis;

import org.jspecify.annotations.NullMarked;

/** The buffer in Redis: stand-alone, behind Sentinels, or a Cluster. */
@NullMarked
package io.mimic.buffer.redis;

import org.jspecify.annotations.NullMarked;

/**
 * The SQL ground that the buffer and the catalog share: connections, group commit, schema. Internal: public only for MIMIC's own
 * packages, no promise to anyone else.
 */
@NullMarked
package io.mimic.jdbc;

import org.jspecify.annotations.NullMarked;

/** The buffer in a SQL database: embedded SQLite, or PostgreSQL. */
@NullMarked
package io.mimic.buffer.jdbc;

import org.jspecify.annotations.NullMarked;

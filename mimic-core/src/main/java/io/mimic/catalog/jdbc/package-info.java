/** The catalog in a SQL database: embedded SQLite, or PostgreSQL. */
@NullMarked
package io.mimic.catalog.jdbc;

import org.jspecify.annotations.NullMarked;

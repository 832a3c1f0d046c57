/**
 * The relational store: one SQLite file, or one database of PostgreSQL, that the server and the
 * commands open at the same time. Settings come in; a {@code Jdbi} on a migrated schema goes out.
 * JDBC, the drivers and Flyway stay inside, and so does what the two databases do differently. Any
 * thread may use it; every call may block, so never on an event loop.
 */
@NullMarked
package org.rollcall.collector.database;

import org.jspecify.annotations.NullMarked;

/**
 * The relational store: one SQLite file that the server and the commands open at the same time. A
 * path comes in; a {@code Jdbi} on a migrated schema goes out. JDBC, SQLite and Flyway stay inside.
 * Any thread may use it; every call may block, so never on an event loop.
 */
@NullMarked
package org.rollcall.collector.database;

import org.jspecify.annotations.NullMarked;

/**
 * What agents are to run beyond their own file: kept in every revision, checked as far as a
 * collector can, pushed when it changes. In: YAML from a technician, or the devices of the
 * register. Out: {@code Configuration} messages by the ingest. The agent checks again, with all it
 * knows, and applies all of it or nothing.
 *
 * <p>Threads: the database calls block; {@link
 * org.rollcall.collector.configuration.ConfigurationPush} has one thread, {@code
 * configuration-push}.
 */
@NullMarked
package org.rollcall.collector.configuration;

import org.jspecify.annotations.NullMarked;

/**
 * The observation store of a larger district: InfluxDB, over its version 1 HTTP interface. Batches
 * come in through {@code InfluxStore.write} on the intake's one writer thread and leave as lines;
 * queries run on their callers' threads, which take what a thread of the client reads; one thread
 * of this package, {@code influx-upkeep}, keeps retention policies, looks for foreign fields and
 * rolls up days before they are dropped. No type of the client leaves this package.
 */
@NullMarked
package org.rollcall.collector.store.influx;

import org.jspecify.annotations.NullMarked;

/**
 * The observation store that needs nothing installed: QuestDB, embedded. Batches come in through
 * {@code QuestDbStore.write} on the intake's one writer thread and go to QuestDB's write-ahead log;
 * one thread of this package applies the log to the tables, and packs and drops closed days;
 * queries run on their callers' threads and see what has been applied. No QuestDB type leaves this
 * package.
 */
@NullMarked
package org.rollcall.collector.store.questdb;

import org.jspecify.annotations.NullMarked;

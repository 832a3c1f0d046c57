/**
 * Frozen snapshots: a region or a school as it stood on a day by a profile, with all that documents
 * say of it, kept as JSON that never changes. In: the register, the board of verdicts, the days
 * rolled up, what is declared, asked and written. Out: rows and their digests. Everything runs on
 * whoever asks and blocks on the database.
 */
@NullMarked
package org.rollcall.collector.snapshot;

import org.jspecify.annotations.NullMarked;

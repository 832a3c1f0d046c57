/**
 * Versions of files that were found good and taken, kept in the database: a version that verdicts
 * name can be looked up for ever, never means two things, and is still there when its file breaks.
 * In: what a reader of files took. Out: {@link org.rollcall.collector.accepted.AcceptedVersions};
 * any thread, blocks on the database.
 */
@NullMarked
package org.rollcall.collector.accepted;

import org.jspecify.annotations.NullMarked;

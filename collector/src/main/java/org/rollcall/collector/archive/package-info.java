/**
 * Observations and register as a whole: moved from one store to another, backed up, restored.
 * Stores and folders come in; what was carried goes out as counts and digests, so that nothing need
 * be believed. Runs on the caller's thread, except {@code BackupDesk}, which has one of its own.
 */
@NullMarked
package org.rollcall.collector.archive;

import org.jspecify.annotations.NullMarked;

package org.rollcall.agent.spool;

import org.jspecify.annotations.Nullable;

/**
 * How full a spool is.
 *
 * @param bytes size of its segment files
 * @param reports reports not yet released
 * @param lastPosition position of the newest report, 0 when there never was one
 * @param lost reports lost since start, by the cap, the disk or damage, as far as they can be
 *     counted
 * @param gaps losses that no report has carried yet
 * @param problem what the disk said when it took no report; null: it took the last one
 */
public record SpoolFigures(
    long bytes, long reports, long lastPosition, long lost, int gaps, @Nullable String problem) {}

package org.rollcall.collector.alerts;

import java.time.Instant;

/**
 * Something that became of an alert.
 *
 * @param what PENDING, FIRING, RESOLVED, HELD, RELEASED, UNSTEADY, TOLD, TOLD_AGAIN, TOLD_END,
 *     KNOWN
 * @param text by which channels, by what, behind what; may be empty
 */
public record AlertStep(Instant at, String what, String text) {}

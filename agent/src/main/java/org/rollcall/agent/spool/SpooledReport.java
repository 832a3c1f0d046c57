package org.rollcall.agent.spool;

/**
 * A report as it was appended.
 *
 * @param position its place in the spool; what {@link Spool#release} wants
 * @param bytes the encoded report, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record SpooledReport(long position, byte[] bytes) {}

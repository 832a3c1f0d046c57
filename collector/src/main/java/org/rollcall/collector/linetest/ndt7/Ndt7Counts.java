package org.rollcall.collector.linetest.ndt7;

/**
 * What the door did since the start: asked = begun + bad + denied + busy.
 *
 * @param bad requests that break the protocol
 * @param denied without a right to test
 * @param busy while as many tests as are allowed were under way
 * @param running now
 */
public record Ndt7Counts(long asked, long begun, long bad, long denied, long busy, int running) {}

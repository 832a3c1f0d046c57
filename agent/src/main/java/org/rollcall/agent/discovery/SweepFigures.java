package org.rollcall.agent.discovery;

import org.rollcall.protocol.v1.Observation;

/**
 * How one sweep went.
 *
 * @param addresses looked at
 * @param packets sent to them: echo requests, connections, questions
 * @param answered addresses at which somebody answered
 * @param reported devices told of
 * @param configured times something was left out because it is configured
 * @param personal times something was left out because its hardware address is made up or shared
 * @param partialTables tables of which a part is missing
 * @param seconds it took
 * @param reason empty, or why it is not whole: {@code too-long}, {@code no-sockets}, {@code
 *     partial-tables}, {@code disk-error}
 */
public record SweepFigures(
    int addresses,
    long packets,
    int answered,
    int reported,
    int configured,
    int personal,
    int partialTables,
    double seconds,
    String reason) {

  /** As an observation of the agent itself. */
  Observation observation(String agent, long timeMillis) {
    return Observation.newBuilder()
        .setSubject("agent:" + agent)
        .setTimeMillis(timeMillis)
        .putMeasures("sweepAddresses", addresses)
        .putMeasures("sweepPackets", (double) packets)
        .putMeasures("sweepAnswered", answered)
        .putMeasures("sweepReported", reported)
        .putMeasures("sweepConfigured", configured)
        .putMeasures("sweepPersonal", personal)
        .putMeasures("sweepPartialTables", partialTables)
        .putMeasures("sweepSeconds", seconds)
        .setReason(reason)
        .build();
  }

  SweepFigures because(String why) {
    return new SweepFigures(
        addresses, packets, answered, reported, configured, personal, partialTables, seconds, why);
  }
}

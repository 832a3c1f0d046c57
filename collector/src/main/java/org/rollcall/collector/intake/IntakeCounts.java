package org.rollcall.collector.intake;

import java.util.Map;

/**
 * What the intake has done since it started. At rest, received = stored + duplicate + rejected +
 * unavailable; at work, what is in flight makes up the difference (to within what changes while the
 * counters are read).
 *
 * @param received reports handed to the intake, whatever became of them
 * @param stored reports made durable
 * @param duplicate reports recognised as durable already
 * @param rejected reports refused, by stable reason code
 * @param unavailable reports sent back because the store was unavailable
 * @param inFlight reports waiting for the store now
 * @param observations in the stored reports
 * @param batches calls of the store that succeeded
 * @param numbersReused reports whose number was used before for other content: a copied spool
 * @param listenerFailures listeners that threw; the data were stored all the same
 */
public record IntakeCounts(
    long received,
    long stored,
    long duplicate,
    Map<String, Long> rejected,
    long unavailable,
    long inFlight,
    long observations,
    long batches,
    long numbersReused,
    long listenerFailures) {

  public IntakeCounts {
    rejected = Map.copyOf(rejected);
  }

  /** Reports refused, for whatever reason. */
  public long rejectedInAll() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }
}

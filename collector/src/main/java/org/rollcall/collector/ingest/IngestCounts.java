package org.rollcall.collector.ingest;

import java.util.Map;

/**
 * What the MQTT door has seen since it started. Reports are counted by the intake.
 *
 * @param open connections now
 * @param accepted connections ever
 * @param turnedAway connections closed before a word: too many in all or from one address
 * @param logins logins granted
 * @param loginsRefused logins refused, by stable reason code
 * @param enrolled agents enrolled
 * @param malformed connections ended because a packet was no MQTT, too large or out of place
 * @param tooSlow connections ended because no CONNECT came in time
 * @param crowdedOut connections ended before it was known whose they were, for newer ones
 * @param silent connections ended because the keep-alive ran out
 * @param takenOver connections ended because the same client connected again
 * @param twoPlaces take-overs in which both ends were alive, again and again: a copied key
 * @param held agents held because their key was proven to be in two places
 * @param subscriptionsRefused subscriptions to anything but one's own topics
 * @param told configurations and commands sent to agents
 * @param notTold those that an agent could not be sent: not connected, not subscribed, or too many
 *     waiting
 */
public record IngestCounts(
    long open,
    long accepted,
    long turnedAway,
    long logins,
    Map<String, Long> loginsRefused,
    long enrolled,
    long malformed,
    long tooSlow,
    long crowdedOut,
    long silent,
    long takenOver,
    long twoPlaces,
    long held,
    long subscriptionsRefused,
    long told,
    long notTold) {

  public IngestCounts {
    loginsRefused = Map.copyOf(loginsRefused);
  }
}

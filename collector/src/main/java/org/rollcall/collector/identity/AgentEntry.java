package org.rollcall.collector.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One who may report, or might until it was revoked.
 *
 * @param id {@code a-…}, derived from its key, or {@code f-…}, a foreign agent's user name
 * @param lastSeen when it was last connected, to the minute; null if it never was
 * @param revoked when its right to report ended; null while it has it
 * @param held since when it is held because its key was seen in two places; null while it is not
 * @param heldAddresses which two, for people
 * @param version of our program, as it said when it connected last; null while it never did
 */
public record AgentEntry(
    String id,
    String school,
    Kind kind,
    Instant enrolled,
    @Nullable Instant lastSeen,
    @Nullable Instant revoked,
    @Nullable Instant held,
    @Nullable String heldAddresses,
    @Nullable String version) {

  public enum Kind {
    /** Our own agent: proves itself with its key. */
    AGENT,
    /** Any MQTT client: proves itself with a password. */
    FOREIGN
  }
}

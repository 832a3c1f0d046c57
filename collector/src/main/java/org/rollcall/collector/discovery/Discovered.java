package org.rollcall.collector.discovery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device that was found.
 *
 * @param id the queue's number for it
 * @param mac aa:bb:cc:dd:ee:ff; empty when it is not known
 * @param address IPv4 or IPv6, where it was seen last; empty when it is not known
 * @param name what it calls itself; may be empty
 * @param description how it describes itself; may be empty
 * @param foundBy how: arp, fdb, lldp, ping, tcp, snmp, pjlink; sorted
 * @param seenAt the switch and port on which it was seen; may be empty
 * @param decided when somebody approved or ignored it; null while nobody has
 */
public record Discovered(
    long id,
    String school,
    String mac,
    String address,
    String name,
    String description,
    List<String> foundBy,
    String seenAt,
    Instant firstSeen,
    Instant lastSeen,
    State state,
    @Nullable Instant decided) {

  /** What a person made of it. */
  public enum State {
    NEW,
    APPROVED,
    IGNORED
  }

  public Discovered {
    foundBy = List.copyOf(foundBy);
  }

  /** A guess at its kind for the person who decides; empty when nothing speaks for one. */
  public String suggestedKind() {
    return Suggestion.kind(foundBy, description + " " + name);
  }
}

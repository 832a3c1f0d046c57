package org.rollcall.collector.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Observation;

/**
 * What a silence was, told apart when the school is heard again, by what its agents, switches and
 * terminals say of themselves and by what the agents' spools bring of the time between. Pure.
 */
record Silence(Was was, String by) {

  /** What it was. */
  enum Was {
    /** Agent and switches began anew: there was no power. */
    POWER_CUT,
    /** The agent began anew, and a switch beside it ran on: the agent or its machine was down. */
    AGENT_GONE,
    /** The agent ran on and saw the port of its line down. */
    LINE_CUT,
    /** The agent ran on, its line was up, and the internet did not answer. */
    UPSTREAM,
    /** The agent ran on and reached the internet, and not this server. */
    SERVER_WAY,
    /** The agent ran on and did not say more. */
    WAY_CUT,
    /** The agent began anew, and nothing beside it is watched that would tell more. */
    UNSETTLED
  }

  private static final long MINUTE = 60_000;

  /** How they are kept with an alert; {@link AlertText} puts it into words. */
  String code() {
    return was + (by.isEmpty() ? "" : ":" + by);
  }

  /**
   * Tells what it was.
   *
   * @param from when the school was last heard
   * @param to when it was heard again, or later
   * @param looks what was observed from then on, of any subject, oldest first; what the spools
   *     brought with it
   */
  static Silence of(Instant from, Instant to, List<Observation> looks) {
    List<Observation> between = new ArrayList<>();
    Map<String, Observation> after = new TreeMap<>();
    for (Observation look : looks) {
      long time = look.getTimeMillis();
      // The last minute before the silence and the first after it are not in it.
      if (time > from.toEpochMilli() + MINUTE && time < to.toEpochMilli() - MINUTE) {
        between.add(look);
      }
      if (time >= to.toEpochMilli() - MINUTE) {
        after.putIfAbsent(look.getSubject(), look);
      }
    }
    boolean ranOn =
        between.stream().anyMatch(look -> Subject.kind(look.getSubject()).equals("agent"));
    return ranOn ? ranOn(between) : beganAnew(from, after);
  }

  private static Silence ranOn(List<Observation> between) {
    String down = "";
    boolean linkUp = false;
    boolean internetUp = false;
    boolean internetDown = false;
    for (Observation look : between) {
      boolean up = look.getMeasuresOrDefault("up", 0) >= 0.5;
      if (!look.containsMeasures("up")) {
        continue;
      }
      if (Subject.kind(look.getSubject()).equals("link")) {
        down = up ? down : look.getSubject();
        linkUp |= up;
      } else if (look.getSubject().equals("reach:internet")) {
        internetUp |= up;
        internetDown |= !up;
      }
    }
    if (!down.isEmpty()) {
      return new Silence(Was.LINE_CUT, down);
    }
    if (internetDown) {
      return new Silence(Was.UPSTREAM, linkUp ? "reach:internet" : "");
    }
    return internetUp
        ? new Silence(Was.SERVER_WAY, "reach:internet")
        : new Silence(Was.WAY_CUT, "");
  }

  /** A machine whose uptime is shorter than the time since the silence began was off in it. */
  private static Silence beganAnew(Instant from, Map<String, Observation> after) {
    String ranOn = "";
    String restarted = "";
    boolean agent = false;
    for (Observation look : after.values()) {
      if (!look.containsMeasures("uptimeSeconds")) {
        continue;
      }
      double seconds = (look.getTimeMillis() - from.toEpochMilli()) / 1_000.0;
      boolean began = look.getMeasuresOrThrow("uptimeSeconds") < seconds;
      switch (Subject.kind(look.getSubject())) {
        case "agent" -> agent |= began;
        // People switch terminals off; a switch is off only without power.
        case "switch" -> {
          ranOn = began ? ranOn : look.getSubject();
          restarted = began ? look.getSubject() : restarted;
        }
        default -> {}
      }
    }
    if (!ranOn.isEmpty() && agent) {
      return new Silence(Was.AGENT_GONE, ranOn);
    }
    if (!restarted.isEmpty()) {
      return new Silence(Was.POWER_CUT, restarted);
    }
    return agent ? new Silence(Was.UNSETTLED, "") : new Silence(Was.WAY_CUT, "");
  }
}

package org.rollcall.agent.pjlink;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one look asks: power and faults always; lamps, filter, class, maker and model seldom, and
 * only of a projector that is on, since many answer nothing else in standby.
 */
final class Look implements Session.Errand {
  private static final String ON = "1";

  private final Known known;
  private final @Nullable String password;
  private final byte @Nullable [] controllerRandom;
  private final long patienceMillis;
  private final boolean hoursDue;

  /** Made when the first projector wants it. */
  private static final class Unforeseen {
    static final SecureRandom SOURCE = new SecureRandom();
  }

  Look(Known known, @Nullable String password, long patienceMillis, Instant now) {
    this.known = known;
    this.password = password;
    this.patienceMillis = patienceMillis;
    this.hoursDue = known.hoursDue(now);
    if (password == null || known.md5Only()) {
      this.controllerRandom = null;
    } else {
      this.controllerRandom = new byte[Digest.RANDOM_BYTES];
      Unforeseen.SOURCE.nextBytes(this.controllerRandom);
    }
  }

  @Override
  public @Nullable String password() {
    return password;
  }

  @Override
  public byte @Nullable [] controllerRandom() {
    return controllerRandom;
  }

  @Override
  public long patienceMillis() {
    return patienceMillis;
  }

  @Override
  public @Nullable String next(Map<String, String> answered) {
    String power = answered.get("POWR");
    if (power == null) {
      return "%1POWR ?";
    }
    if (Heard.isError(power)) {
      return null;
    }
    if (open("ERST", answered)) {
      return "%1ERST ?";
    }
    if (!power.equals(ON) || !hoursDue) {
      return null;
    }
    for (String command : new String[] {"CLSS", "INF1", "INF2"}) {
      if (!known.identified() && open(command, answered)) {
        return "%1" + command + " ?";
      }
    }
    if (open("LAMP", answered)) {
      return "%1LAMP ?";
    }
    if (open("FILT", answered) && isClass2(answered)) {
      return "%2FILT ?";
    }
    return null;
  }

  private boolean open(String command, Map<String, String> answered) {
    return known.knows(command) && !answered.containsKey(command);
  }

  private boolean isClass2(Map<String, String> answered) {
    String told = answered.get("CLSS");
    if (told != null && !Heard.isError(told)) {
      known.pjlinkClass(told);
    }
    return known.pjlinkClass() == 2;
  }
}

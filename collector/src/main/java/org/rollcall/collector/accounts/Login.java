package org.rollcall.collector.accounts;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a login ended. */
public sealed interface Login {

  /**
   * The name and password are right.
   *
   * @param mustChange whether it may do nothing but choose another password
   * @param stamp another one after each change of the password
   * @param identity whom a provider vouched for; null when the password did
   */
  record Granted(
      String name, Viewer viewer, boolean mustChange, String stamp, @Nullable Identity identity)
      implements Login {

    /** The same account, entered by a provider's word: its password is nobody's concern then. */
    Granted by(Identity provided) {
      return new Granted(name, viewer, false, stamp, provided);
    }

    /** Whether what was granted then still counts: not after another password was set. */
    public boolean isStill(Granted now) {
      return name.equals(now.name) && stamp.equals(now.stamp);
    }
  }

  /** They are not, or the account is disabled; which of these is not told. */
  record Refused() implements Login {}

  /** There were too many failures; the password was not looked at. */
  record Throttled(Duration retryAfter) implements Login {}
}

package org.rollcall.collector.accounts;

import java.time.Duration;

/** How a login ended. */
public sealed interface Login {

  /** The name and password are right. */
  record Granted(String name, Viewer viewer) implements Login {}

  /** They are not, or the account is disabled; which of these is not told. */
  record Refused() implements Login {}

  /** There were too many failures; the password was not looked at. */
  record Throttled(Duration retryAfter) implements Login {}
}

package org.rollcall.web.http;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.rollcall.collector.accounts.Login;

/**
 * Who is signed in, in memory: a restart signs everyone out. A session ends 12 hours after it began
 * and 2 hours after its last use (project defaults). At most 10,000 at once; the oldest goes first.
 * Any thread.
 */
final class Sessions {
  static final String COOKIE = "rollcall";
  static final Duration LIFETIME = Duration.ofHours(12);
  static final Duration IDLE = Duration.ofHours(2);
  private static final int MOST = 10_000;
  private static final int TOKEN_BYTES = 24;

  private final Map<String, Session> sessions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > MOST;
        }
      };
  private final Clock clock;
  private final SecureRandom random;

  private record Session(Login.Granted account, Instant ends, Instant used) {}

  Sessions(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  synchronized String open(Login.Granted account) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    sessions.put(token, new Session(account, now.plus(LIFETIME), now));
    return token;
  }

  /**
   * The account as it was when it signed in; whether it still may is another question.
   *
   * @param used whether somebody does something, and not a page by itself
   */
  synchronized Optional<Login.Granted> account(String token, boolean used) {
    Session session = sessions.get(token);
    if (session == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (!now.isBefore(session.ends()) || !now.isBefore(session.used().plus(IDLE))) {
      sessions.remove(token);
      return Optional.empty();
    }
    if (used) {
      sessions.put(token, new Session(session.account(), session.ends(), now));
    }
    return Optional.of(session.account());
  }

  synchronized void end(String token) {
    sessions.remove(token);
  }
}

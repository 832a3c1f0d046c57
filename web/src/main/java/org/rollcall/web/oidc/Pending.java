package org.rollcall.web.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sign-ins that began and have not come back, in memory. Each counts once, for ten minutes; at most
 * 10,000 at once, the oldest goes first (project defaults). Any thread.
 */
final class Pending {
  static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final int MOST = 10_000;

  private final Map<String, Entry> entries =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
          return size() > MOST;
        }
      };
  private final Clock clock;

  /**
   * One sign-in.
   *
   * @param to the page that it began on
   */
  record Entry(State state, Nonce nonce, CodeVerifier verifier, String to, Instant ends) {}

  Pending(Clock clock) {
    this.clock = clock;
  }

  synchronized Entry begin(String to) {
    Entry entry =
        new Entry(new State(), new Nonce(), new CodeVerifier(), to, clock.instant().plus(LIFETIME));
    entries.put(entry.state().getValue(), entry);
    return entry;
  }

  /** Takes one out; null if there is none of this state, or no longer. */
  synchronized @Nullable Entry take(String state) {
    Entry entry = entries.remove(state);
    return entry != null && clock.instant().isBefore(entry.ends()) ? entry : null;
  }
}

package org.rollcall.collector.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private final AccountsTest.SetClock clock = new AccountsTest.SetClock();
  private final LoginThrottle throttle = new LoginThrottle(clock);

  @Test
  void stopsOneSourceThatTriesManyNames() {
    for (int i = 0; i < LoginThrottle.PER_SOURCE; i++) {
      assertThat(throttle.attempt("name" + i, "evil")).isZero();
    }
    assertThat(throttle.attempt("another", "evil")).isEqualTo(LoginThrottle.WINDOW);
    assertThat(throttle.attempt("another", "office")).isZero();
  }

  @Test
  void stopsManySourcesThatTryOneName() {
    for (int i = 0; i < LoginThrottle.PER_ACCOUNT; i++) {
      assertThat(throttle.attempt("admin", "evil" + i)).isZero();
    }
    assertThat(throttle.attempt("admin", "evil-last")).isEqualTo(LoginThrottle.WINDOW);
  }

  @Test
  void saysHowLongIsLeft() {
    for (int i = 0; i < LoginThrottle.PER_ACCOUNT_AND_SOURCE; i++) {
      throttle.attempt("admin", "evil");
    }
    clock.pass(Duration.ofMinutes(10));
    assertThat(throttle.attempt("admin", "evil")).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void goodLoginsDoNotCount() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(throttle.attempt("admin", "office")).isZero();
      throttle.succeeded("admin", "office");
    }
  }

  @Test
  void staysSmallWhateverItIsAsked() {
    for (int i = 0; i < 50_000; i++) {
      throttle.attempt("name" + i, "source" + i);
    }
    assertThat(throttle.size()).isLessThanOrEqualTo(10_000);
  }
}

package org.rollcall.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.accounts.Login;
import org.rollcall.collector.accounts.Viewer;

class SessionsTest {
  private Instant now = Instant.parse("2026-09-16T02:00:00Z");
  private final Sessions sessions =
      new Sessions(
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          },
          new SecureRandom());
  private final String token =
      sessions.open(new Login.Granted("li", Viewer.bureau("440307"), false, "stamp", null));

  private boolean isIn(boolean used) {
    return sessions.account(token, used).isPresent();
  }

  @Test
  void whoDoesSomethingStaysUntilTheSessionsEnd() {
    for (int hours = 1; hours < 12; hours++) {
      now = now.plus(Duration.ofHours(1));
      assertThat(isIn(true)).isTrue();
    }
    now = now.plus(Duration.ofHours(1));
    assertThat(isIn(true)).isFalse();
  }

  @Test
  void whatAPageAsksByItselfKeepsNobodySignedIn() {
    Instant opened = now;
    for (int minute = 1; minute < 120; minute++) {
      now = opened.plus(Duration.ofMinutes(minute));
      assertThat(isIn(false)).isTrue();
    }
    now = opened.plus(Sessions.IDLE);
    assertThat(isIn(false)).isFalse();
    assertThat(isIn(true)).as("gone for good").isFalse();
  }
}

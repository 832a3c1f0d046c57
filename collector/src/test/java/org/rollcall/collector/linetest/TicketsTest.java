package org.rollcall.collector.linetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.linetest.ndt7.Ndt7Request.Direction;
import org.rollcall.protocol.paced.Grant;

class TicketsTest {
  private static final Instant NOON = Instant.parse("2026-09-14T04:00:00Z");
  private static final Grant GRANT = Grant.of(10e6, 10, 15_000_000);

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final Tickets tickets = new Tickets(now::get, new SecureRandom());
  private final AtomicInteger taken = new AtomicInteger();

  private byte[] issue(Grant grant) {
    return tickets.issue(grant, NOON.plusSeconds(20), taken::incrementAndGet);
  }

  @Test
  void aPacedTokenIsGoodOnce() {
    byte[] token = issue(GRANT);

    assertThat(tickets.take(token)).isEqualTo(GRANT);
    assertThat(tickets.take(token)).isNull();
    assertThat(taken).hasValue(1);
  }

  @Test
  void aTokenThatIsTooOldOrWithdrawnIsWorthNothing() {
    byte[] old = issue(GRANT);
    byte[] withdrawn = issue(GRANT);
    tickets.withdraw(withdrawn);
    assertThat(tickets.take(withdrawn)).isNull();
    now.set(NOON.plusSeconds(20));

    assertThat(tickets.take(old)).isNull();
    assertThat(taken).hasValue(0);
  }

  @Test
  void whatHasExpiredIsForgotten() {
    byte[] unused = issue(GRANT);
    assertThat(unused).hasSize(32);
    assertThat(tickets.open()).isEqualTo(1);
    now.set(NOON.plusSeconds(21));
    tickets.sweep();

    assertThat(tickets.open()).isZero();
  }

  @Test
  void aTokenOfNdt7IsGoodOnceInEachDirectionAndForNothingElse() {
    byte[] token = tickets.issue(null, NOON.plusSeconds(40), taken::incrementAndGet);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(token);

    assertThat(tickets.take(token)).isNull();
    assertThat(tickets.take(text, Direction.DOWNLOAD)).isTrue();
    assertThat(tickets.take(text, Direction.DOWNLOAD)).isFalse();
    assertThat(tickets.take(text, Direction.UPLOAD)).isTrue();
    assertThat(tickets.take("no base64 !", Direction.UPLOAD)).isFalse();
    byte[] paced = issue(GRANT);
    assertThat(tickets.take(Base64.getUrlEncoder().encodeToString(paced), Direction.UPLOAD))
        .isFalse();
  }
}

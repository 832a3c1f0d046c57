package org.rollcall.agent.reach.ping;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a program prints that is called ping: no figures, or figures that can be. */
class EchoesFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(
            """
            3 packets transmitted, 3 received, 0% packet loss, time 2003ms
            rtt min/avg/max/mdev = 0.021/0.034/0.046/0.010 ms
            """,
            """
            2 packets transmitted, 1 packets received, 50% packet loss
            round-trip min/avg/max = 0.5/0.5/0.5 ms
            """,
            "3 packets transmitted, 0 received, +3 errors, 100% packet loss, time 2040ms\n",
            "1 packets transmitted, 999999 received, +2 duplicates\n",
            "0 packets transmitted, 0 received\n",
            "rtt min/avg/max/mdev = 999999999.999999/",
            "ping: unknown host\n")
        .map(text -> text.getBytes(ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void figuresAreOnesThatCanBe(byte[] bytes) {
    Echoes echoes = Echoes.parse(new String(bytes, ISO_8859_1));
    if (echoes == null) {
      return;
    }
    assertThat(echoes.sent()).isPositive();
    assertThat(echoes.received()).isBetween(0, echoes.sent());
    assertThat(echoes.lossShare()).isBetween(0.0, 1.0);
    assertThat(echoes.errors()).isNotNegative();
    Double shortest = echoes.shortestMillis();
    assertThat(shortest == null || (shortest >= 0 && echoes.received() > 0)).isTrue();
  }
}

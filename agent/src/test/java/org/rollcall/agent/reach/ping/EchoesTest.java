package org.rollcall.agent.reach.ping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text here was printed by the program it names. */
class EchoesTest {

  private static Echoes parsed(String text) {
    return Objects.requireNonNull(Echoes.parse(text));
  }

  @Test
  void iputilsSaysHowManyCameBackAndHowFast() {
    assertThat(
            Echoes.parse(
                """
                PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.

                --- 127.0.0.1 ping statistics ---
                3 packets transmitted, 3 received, 0% packet loss, time 406ms
                rtt min/avg/max/mdev = 0.037/0.040/0.044/0.003 ms
                """))
        .isEqualTo(new Echoes(3, 3, 0, 0.037));
  }

  @Test
  void iputilsCountsErrorsThatCameInstead() {
    Echoes echoes =
        Echoes.parse(
            """
            PING 198.51.100.1 (198.51.100.1) 56(84) bytes of data.

            --- 198.51.100.1 ping statistics ---
            1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms

            """);
    assertThat(echoes).isEqualTo(new Echoes(1, 0, 1, null));
  }

  @Test
  void busyboxSaysItInOtherWords() {
    assertThat(
            Echoes.parse(
                """
                PING ::1 (::1): 56 data bytes

                --- ::1 ping statistics ---
                2 packets transmitted, 2 packets received, 0% packet loss
                round-trip min/avg/max = 0.075/2.116/4.158 ms
                """))
        .isEqualTo(new Echoes(2, 2, 0, 0.075));
  }

  @Test
  void partOfThemIsAShare() {
    Echoes echoes =
        parsed(
            """
            3 packets transmitted, 2 packets received, 33% packet loss
            round-trip min/avg/max/stddev = 1.5/2.0/2.5/0.5 ms
            """);
    assertThat(echoes.lossShare()).isEqualTo(1.0 / 3);
  }

  @Test
  void anEchoThatCameTwiceIsOne() {
    Echoes echoes =
        parsed(
            """
            3 packets transmitted, 5 packets received, 2 duplicates, 0% packet loss
            round-trip min/avg/max = 1/2/3 ms
            """);
    assertThat(echoes).isEqualTo(new Echoes(3, 3, 0, 1.0));
    assertThat(echoes.lossShare()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ping: connect: Network is unreachable\n",
        "ping: permission denied (are you root?)\n",
        "0 packets transmitted, 0 received\n",
        "99999999999 packets transmitted, 3 received\n",
        "already 3 packets transmitted, 3 received\n"
      })
  void whatIsNoPingHasNoEchoes(String text) {
    assertThat(Echoes.parse(text)).isNull();
  }
}

package org.rollcall.agent.reach.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rollcall.agent.reach.Looks.assertUp;
import static org.rollcall.agent.reach.Looks.entry;
import static org.rollcall.agent.reach.Looks.look;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.reach.ping.PingProgram.Kind;
import org.rollcall.protocol.v1.Observation;

/** With the real programs: iputils' and busybox's. */
class PingIT {
  private static final Clock CLOCK = Clock.systemUTC();

  @ParameterizedTest
  @CsvSource({
    "ping, 127.0.0.1",
    "ping, ::1",
    "ping, localhost",
    "busybox ping, 127.0.0.1",
    "busybox ping, ::1"
  })
  void whoeverIsThereAnswers(String command, String address) {
    try (NameLookup names = new NameLookup(CLOCK);
        PingProgram program = new PingProgram(List.of(command.split(" ", -1)), CLOCK)) {
      Observation seen =
          look(new PingProbes(program, names, CLOCK).probe(entry("icmp", "terminal:c1", address)));
      assertUp(seen);
      assertThat(seen.getMeasuresMap())
          .containsEntry("lossShare", 0.0)
          .containsOnlyKeys("up", "state", "lossShare", "rttMillis");
      assertThat(seen.getMeasuresOrThrow("rttMillis")).isBetween(0.0, 30_000.0);
    }
  }

  @Test
  void eachProgramIsKnownByItsOwnWords() throws Exception {
    try (PingProgram iputils = new PingProgram(CLOCK);
        PingProgram busybox = new PingProgram(List.of("busybox", "ping"), CLOCK)) {
      assertThat(iputils.kind()).isEqualTo(Kind.IPUTILS);
      assertThat(busybox.kind()).isEqualTo(Kind.BUSYBOX);
    }
  }
}

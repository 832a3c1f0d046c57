package org.rollcall.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.alerts.Silence.Was;
import org.rollcall.protocol.v1.Observation;

class SilenceTest {
  private static final Instant FROM = Instant.parse("2026-11-25T01:00:00Z");
  private static final Instant TO = FROM.plusSeconds(3_600);

  private final List<Observation> looks = new ArrayList<>();

  private SilenceTest see(String subject, int minute, Object... measures) {
    Observation.Builder seen =
        Observation.newBuilder()
            .setSubject(subject)
            .setTimeMillis(FROM.plusSeconds(60L * minute).toEpochMilli());
    for (int i = 0; i < measures.length; i += 2) {
      seen.putMeasures((String) measures[i], ((Number) measures[i + 1]).doubleValue());
    }
    looks.add(seen.build());
    looks.sort(Comparator.comparingLong(Observation::getTimeMillis));
    return this;
  }

  private Silence silence() {
    return Silence.of(FROM, TO, looks);
  }

  @Test
  void agentAndSwitchBeganAnew() {
    see("agent:a-1", 61, "uptimeSeconds", 300)
        .see("switch:core", 61, "up", 1, "uptimeSeconds", 320);
    assertThat(silence()).isEqualTo(new Silence(Was.POWER_CUT, "switch:core"));
    assertThat(silence().code()).isEqualTo("POWER_CUT:switch:core");
  }

  @Test
  void theSwitchRanOnBesideTheAgent() {
    see("agent:a-1", 61, "uptimeSeconds", 300)
        .see("switch:core", 61, "up", 1, "uptimeSeconds", 86_400)
        .see("terminal:1", 61, "up", 1, "uptimeSeconds", 60);
    assertThat(silence()).isEqualTo(new Silence(Was.AGENT_GONE, "switch:core"));
  }

  @Test
  void withoutASwitchItStaysOpen() {
    see("agent:a-1", 61, "uptimeSeconds", 300).see("terminal:1", 61, "up", 1, "uptimeSeconds", 60);
    assertThat(silence().was()).isEqualTo(Was.UNSETTLED);
  }

  @Test
  void theAgentSawItsPortDown() {
    see("agent:a-1", 30, "uptimeSeconds", 9_000)
        .see("link:wan", 30, "up", 0)
        .see("reach:internet", 30, "up", 0);
    assertThat(silence()).isEqualTo(new Silence(Was.LINE_CUT, "link:wan"));
  }

  @Test
  void thePortWasUpAndTheInternetDown() {
    see("agent:a-1", 30, "uptimeSeconds", 9_000)
        .see("link:wan", 30, "up", 1)
        .see("reach:internet", 30, "up", 0);
    assertThat(silence().was()).isEqualTo(Was.UPSTREAM);
  }

  @Test
  void theSchoolReachedTheInternetAndNotUs() {
    see("agent:a-1", 30, "uptimeSeconds", 9_000)
        .see("link:wan", 30, "up", 1)
        .see("reach:internet", 30, "up", 1);
    assertThat(silence().was()).isEqualTo(Was.SERVER_WAY);
  }

  @Test
  void whatWasSeenBeforeAndAfterSaysNothingOfBetween() {
    see("link:wan", 0, "up", 0)
        .see("link:wan", 60, "up", 0)
        .see("agent:a-1", 60, "uptimeSeconds", 9_000);
    assertThat(silence().was()).isEqualTo(Was.WAY_CUT);
  }
}

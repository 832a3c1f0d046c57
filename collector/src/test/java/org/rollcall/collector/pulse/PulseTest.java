package org.rollcall.collector.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rollcall.collector.intake.Reports.NOW;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.intake.Reports;
import org.rollcall.collector.store.MemoryStore;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Observation;

class PulseTest {
  private final Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
  private final Pulse pulse = new Pulse(clock, 3);

  private static SchoolReport report(String school, String subject, long timeMillis) {
    return new SchoolReport(school, Reports.of("a-one", subject, timeMillis).build());
  }

  @Test
  void theNewestObservationOfEachSubjectIsKept() {
    pulse.stored(List.of(report("S1", "link:wan", NOW), report("S1", "pc:a", NOW - 5)));
    pulse.stored(List.of(report("S1", "link:wan", NOW - 60_000), report("S2", "pc:a", NOW)));

    assertThat(pulse.school("S1")).containsOnlyKeys("link:wan", "pc:a");
    assertThat(pulse.school("S1").values())
        .extracting(Observation::getTimeMillis)
        .containsExactlyInAnyOrder(NOW, NOW - 5);
    assertThat(pulse.school("S3")).isEmpty();
    assertThat(pulse.newest()).isEqualTo(Instant.ofEpochMilli(NOW));
    assertThat(pulse.contact("S1")).isEqualTo(Instant.ofEpochMilli(NOW));
    assertThat(pulse.contact("S3")).isNull();
  }

  @Test
  void changesAreToldTogetherAndBackFillIsNone() {
    List<Set<String>> told = new ArrayList<>();
    Pulse.Subscription subscription = pulse.onChange(told::add);
    pulse.stored(List.of(report("S1", "link:wan", NOW), report("S2", "link:wan", NOW)));
    pulse.stored(List.of(report("S1", "link:wan", NOW + 1)));
    pulse.tick();
    pulse.stored(List.of(report("S1", "link:wan", NOW - 1)));
    pulse.tick();
    subscription.close();
    pulse.stored(List.of(report("S1", "link:wan", NOW + 2)));
    pulse.tick();

    assertThat(told).containsExactly(Set.of("S1", "S2"));
  }

  @Test
  void subjectsBeyondTheLimitAreLeftOutAndCounted() {
    for (int i = 0; i < 5; i++) {
      pulse.stored(List.of(report("S1", "pc:p" + i, NOW)));
    }

    assertThat(pulse.school("S1")).hasSize(3);
    assertThat(pulse.leftOut()).isEqualTo(2);
  }

  @Test
  void aNewPulseBeginsWithWhatTheStoreHas() {
    try (MemoryStore store = new MemoryStore();
        Pulse fresh = new Pulse(clock, 10)) {
      store.write(List.of(report("S1", "link:wan", NOW - 1_000)));
      fresh.start(store);

      assertThat(fresh.school("S1")).containsOnlyKeys("link:wan");
      assertThat(fresh.newest()).isEqualTo(Instant.ofEpochMilli(NOW - 1_000));
    }
  }
}

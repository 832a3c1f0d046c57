package org.rollcall.collector.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.day.MemoryStore;
import org.rollcall.collector.problems.Cause.Known;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

class OnsetsTest {
  private static final String SCHOOL = "2144000001";

  private final MemoryStore store = new MemoryStore();
  private final Onsets onsets = new Onsets(store);

  private static Observation line(Instant at, double up) {
    return Looks.seen("link:wan", at, "", "up", up);
  }

  private void stored(List<Observation> looks) {
    Report report = Report.newBuilder().setAgent("a-1").addAllObservations(looks).build();
    store.write(List.of(new SchoolReport(SCHOOL, report)));
  }

  @Test
  void itBeganWithTheFirstLookAfterOneThatWasWell() {
    Instant before = Looks.NOW.minus(Duration.ofDays(3));
    Observation newest = line(Looks.NOW, 0);
    Observation silent = Looks.seen("link:wan", Looks.NOW.minusSeconds(60), "timeout");
    stored(List.of(line(before, 1), line(before.plusSeconds(60), 0), silent, newest));
    onsets.round(Looks.NOW);
    assertThat(onsets.of(SCHOOL, newest, Trouble.DOWN))
        .isEqualTo(new Onset(before.plusSeconds(60), Known.FIRST_SEEN));
  }

  @Test
  void whatWasNeverWellIsSoAtLeastSinceTheFirstLook() {
    Observation first = line(Looks.NOW.minusSeconds(600), 0);
    Observation newest = line(Looks.NOW, 0);
    stored(List.of(first, newest));
    onsets.round(Looks.NOW);
    assertThat(onsets.of(SCHOOL, newest, Trouble.DOWN))
        .isEqualTo(new Onset(Looks.NOW.minusSeconds(600), Known.AT_LEAST));
  }

  @Test
  void aStormOfFaultsAsksTheStoreSoOftenARoundAndTellsTheRestLater() {
    List<Observation> newest = new ArrayList<>();
    for (int i = 0; i < Onsets.LOOKS + 5; i++) {
      String subject = "link:p" + i;
      Observation well = Looks.seen(subject, Looks.NOW.minusSeconds(120), "", "up", 1);
      Observation bad = Looks.seen(subject, Looks.NOW, "", "up", 0);
      stored(List.of(well, bad));
      newest.add(bad);
    }
    onsets.round(Looks.NOW);
    assertThat(newest.stream().filter(this::isKnown)).hasSize(Onsets.LOOKS);
    onsets.round(Looks.NOW.plusSeconds(5));
    assertThat(newest.stream().filter(this::isKnown)).hasSize(newest.size());
  }

  private boolean isKnown(Observation seen) {
    return onsets.of(SCHOOL, seen, Trouble.DOWN).known() == Known.FIRST_SEEN;
  }
}

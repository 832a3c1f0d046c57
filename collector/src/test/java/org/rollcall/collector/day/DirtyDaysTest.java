package org.rollcall.collector.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Report;

class DirtyDaysTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 19);

  private final DirtyDays dirty = new DirtyDays(ZoneId.of("Asia/Shanghai"));

  @Test
  void anObservationMarksItsDayInTheZoneOfTheSchool() {
    dirty.stored(
        List.of(
            new Days()
                .see("pc:1", DATE, "23:59", "up", 1)
                .see("pc:1", DATE.plusDays(1), "00:00", "up", 1)
                .see("pc:1", DATE.minusDays(20), "12:00", "up", 1)
                .report("S1"),
            new Days().see("pc:1", DATE, "00:00", "up", 1).report("S2")));
    assertThat(dirty.schools()).isEqualTo(2);
    assertThat(dirty.take())
        .containsEntry("S1", List.of(DATE.minusDays(20), DATE, DATE.plusDays(1)))
        .containsEntry("S2", List.of(DATE));
  }

  @Test
  void whatIsTakenIsNoLongerMarked() {
    dirty.mark(List.of("S"), DATE, DATE);
    assertThat(dirty.take()).hasSize(1);
    assertThat(dirty.take()).isEmpty();
  }

  @Test
  void aGapMarksEveryDayItReaches() {
    Gap gap =
        Gap.newBuilder()
            .setFromMillis(Days.millis(DATE, "23:00"))
            .setToMillis(Days.millis(DATE.plusDays(2), "01:00"))
            .build();
    dirty.stored(List.of(new SchoolReport("S", Report.newBuilder().addGaps(gap).build())));
    assertThat(dirty.take()).containsEntry("S", List.of(DATE, DATE.plusDays(1), DATE.plusDays(2)));
  }

  @Test
  void markingOftenTakesNoMoreRoomThanMarkingOnce() {
    for (int i = 0; i < 1000; i++) {
      dirty.stored(List.of(new Days().see("pc:1", DATE, "10:00", "up", 1).report("S")));
    }
    assertThat(dirty.take()).containsExactlyEntriesOf(java.util.Map.of("S", List.of(DATE)));
  }

  @Test
  void aReportWithoutObservationsMarksNothing() {
    dirty.stored(List.of(new SchoolReport("S", Report.getDefaultInstance())));
    assertThat(dirty.take()).isEmpty();
  }
}

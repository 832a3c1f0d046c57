package org.rollcall.collector.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeeklyMaintenanceTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static MaintenanceWindow friday() {
    return new MaintenanceWindow(
        null,
        "S",
        Instant.parse("2026-11-20T14:00:00Z"),
        Instant.parse("2026-11-20T15:30:00Z"),
        "updates");
  }

  @Test
  void itIsTheSameStretchEachWeekUpToTheDay() {
    List<MaintenanceWindow> all =
        MaintenanceWindow.weekly(friday(), LocalDate.of(2026, 12, 4), ZONE);
    assertThat(all)
        .extracting(MaintenanceWindow::from)
        .containsExactly(
            Instant.parse("2026-11-20T14:00:00Z"),
            Instant.parse("2026-11-27T14:00:00Z"),
            Instant.parse("2026-12-04T14:00:00Z"));
    assertThat(all.get(2).to()).isEqualTo(Instant.parse("2026-12-04T15:30:00Z"));
    assertThat(all).extracting(MaintenanceWindow::reason).containsOnly("updates");
  }

  @Test
  void whatIsNotRepeatedIsOne() {
    assertThat(MaintenanceWindow.weekly(friday(), LocalDate.of(2026, 11, 20), ZONE))
        .containsExactly(friday());
  }
}

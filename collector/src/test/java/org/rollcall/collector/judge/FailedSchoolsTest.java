package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.DatabaseUnavailableException;
import org.rollcall.collector.store.StoreUnavailableException;

class FailedSchoolsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final FailedSchools failed = new FailedSchools();

  @Test
  void aSchoolThatFailedByItselfWaitsAMinute() {
    failed.add("S1", List.of(DAY), new IllegalStateException("odd"), NOW);
    assertThat(failed.isDue(NOW.plus(FailedSchools.RETRY).minus(MOMENT))).isFalse();
    assertThat(failed.isDue(NOW.plus(FailedSchools.RETRY))).isTrue();
  }

  @Test
  void aStoreThatIsAwayIsTriedAgainSoonForEverybody(@TempDir Path folder) throws IOException {
    Path noRegister = Files.writeString(folder.resolve("register.sqlite"), "no register at all");
    DatabaseUnavailableException registerIsAway =
        catchThrowableOfType(
            DatabaseUnavailableException.class, () -> Database.open(noRegister).close());
    failed.add("S1", List.of(DAY), new IllegalStateException("odd"), NOW);
    failed.add("S2", List.of(DAY), new StoreUnavailableException("away"), NOW);
    assertThat(failed.isDue(NOW.plus(FailedSchools.RETRY_STORE).minus(MOMENT))).isFalse();
    assertThat(failed.isDue(NOW.plus(FailedSchools.RETRY_STORE))).isTrue();
    assertThat(failed.take().keySet()).containsExactly("S1", "S2");
    failed.add("S1", List.of(DAY), registerIsAway, NOW);
    assertThat(failed.isDue(NOW.plus(FailedSchools.RETRY_STORE))).isTrue();
  }

  @Test
  void whatASchoolWaitsWithIsTakenOnce() {
    failed.add("S1", List.of(DAY), new IllegalStateException("odd"), NOW);
    failed.add("S1", List.of(DAY.minusDays(1)), new IllegalStateException("odd"), NOW);
    assertThat(failed.size()).isEqualTo(1);
    assertThat(failed.take().get("S1")).containsExactly(DAY.minusDays(1), DAY);
    assertThat(failed.size()).isZero();
    assertThat(failed.isDue(NOW.plus(Duration.ofDays(1)))).isFalse();
  }

  @Test
  void aClockThatIsSetBackMakesNobodyWait() {
    failed.add("S1", List.of(DAY), new IllegalStateException("odd"), NOW);
    assertThat(failed.isDue(NOW.minus(Duration.ofHours(2)))).isTrue();
  }
}

package org.rollcall.collector.rectification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditEntry;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.rectification.Sample.Drawn;
import org.rollcall.collector.rectification.Sample.Found;
import org.rollcall.collector.registry.SetClock;

@OnBothDatabases
class SamplesTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final Actor BUREAU = new Actor("bureau", "10.0.0.1");
  private static final LocalDate DAY = LocalDate.of(2026, 9, 16);
  private static final List<String> CODES =
      List.of("2144000001", "2144000002", "2144000003", "2144000004");

  @TempDir Path folder;
  private final SetClock clock = new SetClock(DAY, LocalTime.of(10, 20));
  private Database database;
  private AuditLog audit;
  private Samples samples;

  @BeforeEach
  void open() {
    database = home.open(folder);
    audit = new AuditLog(database.jdbi(), clock);
    samples = new Samples(database, audit, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private List<AuditEntry> written() {
    return audit.list(new AuditLog.Filter("", "sample."), 0, 50).entries();
  }

  @Test
  void aSampleIsKeptInTheOrderItWasDrawnAndCanBeDrawnAgain() {
    long id = samples.draw(BUREAU, "440307", "b", CODES, 3);
    Sample sample = samples.find(id).orElseThrow();
    assertThat(sample.schools())
        .extracting(Drawn::school)
        .isEqualTo(Draw.of(sample.seed(), CODES, 3));
    assertThat(sample.of()).isEqualTo(4);
    assertThat(sample.date()).isEqualTo(DAY);
    assertThat(sample.schools()).extracting(Drawn::found).containsOnly(Found.NOT_YET);
    long second = samples.draw(BUREAU, "440307", "c", CODES, 9);
    assertThat(samples.all()).extracting(Sample::id).containsExactly(second, id);
    assertThat(samples.find(second).orElseThrow().schools()).hasSize(4);
    assertThat(written()).hasSize(2);
    assertThat(written().get(1).detail()).contains("2144000002");
  }

  @Test
  void whatWasFoundStandsBesideTheSchoolThatWasDrawn() {
    long id = samples.draw(BUREAU, "440307", "b", CODES, 1);
    assertThat(samples.found(BUREAU, id, "2144000002", Found.DIFFERS, "少两台")).isTrue();
    assertThat(samples.found(BUREAU, id, "2144000003", Found.AS_SHOWN, "")).isFalse();
    assertThat(samples.find(id).orElseThrow().schools())
        .containsExactly(new Drawn("2144000002", Found.DIFFERS, "少两台", "bureau"));
    assertThat(written()).hasSize(2);
  }

  @Test
  void nothingIsDrawnOfNothing() {
    assertThatThrownBy(() -> samples.draw(BUREAU, "440307", "b", List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(samples.all()).isEmpty();
    assertThat(written()).isEmpty();
  }
}

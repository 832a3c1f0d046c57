package org.rollcall.collector.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.rollcall.collector.declared.Amount;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.registry.SetClock;
import org.rollcall.collector.selfcheck.SelfCheck.Notes;

@OnBothDatabases
class SelfChecksTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final Actor HEAD = new Actor("head", "10.0.0.1");
  private static final String SCHOOL = "2144000001";
  private static final String ROUND = "2026-2027";
  private static final LocalDate DAY = LocalDate.of(2026, 9, 16);

  @TempDir Path folder;
  private final SetClock clock = new SetClock(DAY, LocalTime.of(10, 20));
  private Database database;
  private DeclaredValues declared;
  private AuditLog audit;
  private SelfChecks sheets;

  @BeforeEach
  void open() {
    database = home.open(folder);
    declared = new DeclaredValues(database, clock);
    audit = new AuditLog(database.jdbi(), clock);
    sheets = new SelfChecks(database, declared, audit, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Notes notes(String difference) {
    return new Notes("", difference, "课表", "补课", "李老师", DAY.plusDays(30));
  }

  private static DeclaredValue course(long part) {
    Amount amount = new Amount.Pair(part, 12);
    return new DeclaredValue(SCHOOL, DeclaredIndicator.IT_COURSE, amount, DAY, "", null);
  }

  private List<AuditEntry> written() {
    return audit.list(new AuditLog.Filter("", "self-check."), 0, 50).entries();
  }

  @Test
  void aSheetThatNobodyBeganIsAnEmptyDraft() {
    SelfCheck sheet = sheets.of(SCHOOL, ROUND);
    assertThat(sheet.state()).isEqualTo(SelfCheck.State.DRAFT);
    assertThat(sheet.changed()).isNull();
    assertThat(sheet.rows()).isEmpty();
    assertThat(written()).isEmpty();
  }

  @Test
  void aRowIsKeptAndWrittenOverAndAnotherRoundIsAnotherSheet() {
    sheets.write(HEAD, SCHOOL, ROUND, SelfCheckItem.IT_COURSE, notes("少两节"), List.of());
    clock.set(DAY.plusDays(1), LocalTime.NOON);
    Actor li = new Actor("li", "10.0.0.9");
    sheets.write(li, SCHOOL, ROUND, SelfCheckItem.IT_COURSE, notes("少一节"), List.of());
    SelfCheck sheet = sheets.of(SCHOOL, ROUND);
    SelfCheck.Row row = Objects.requireNonNull(sheet.rows().get(SelfCheckItem.IT_COURSE));
    assertThat(row.notes()).isEqualTo(notes("少一节"));
    assertThat(row.account()).isEqualTo("li");
    assertThat(sheet.account()).isEqualTo("head");
    assertThat(sheet.changed()).isEqualTo(clock.instant());
    assertThat(sheets.of(SCHOOL, "2027-2028").rows()).isEmpty();
    assertThat(sheets.of("2144000002", ROUND).rows()).isEmpty();
    assertThat(written()).hasSize(2);
  }

  @Test
  void whatIsDeclaredIsKeptWithItAndRaisesTheRevision() {
    int before = revision();
    sheets.write(HEAD, SCHOOL, ROUND, SelfCheckItem.IT_COURSE, Notes.NONE, List.of(course(11)));
    assertThat(declared.of(SCHOOL, DAY)).containsEntry(DeclaredIndicator.IT_COURSE, course(11));
    assertThat(revision()).isGreaterThan(before);
    assertThat(written().get(0).detail()).contains("it-course", "11/12", ROUND);
  }

  private int revision() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT revision FROM register_revision")
                    .mapTo(Integer.class)
                    .one());
  }

  @Test
  void aValueOfAnotherItemOrSchoolIsRefusedAndNothingIsKept() {
    assertThatThrownBy(
            () ->
                sheets.write(
                    HEAD, SCHOOL, ROUND, SelfCheckItem.TEACHERS, notes("x"), List.of(course(11))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                sheets.write(
                    HEAD,
                    "2144000002",
                    ROUND,
                    SelfCheckItem.IT_COURSE,
                    notes("x"),
                    List.of(course(11))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(sheets.of(SCHOOL, ROUND).rows()).isEmpty();
    assertThat(declared.of(SCHOOL, DAY)).isEmpty();
    assertThat(written()).isEmpty();
  }

  @Test
  void aRowTheValuesAndTheLogAreOneTransaction() {
    database
        .jdbi()
        .useHandle(handle -> handle.execute("ALTER TABLE audit RENAME TO audit_elsewhere"));
    assertThatThrownBy(
            () ->
                sheets.write(
                    HEAD, SCHOOL, ROUND, SelfCheckItem.IT_COURSE, notes("x"), List.of(course(11))))
        .isInstanceOf(RuntimeException.class);
    assertThat(sheets.of(SCHOOL, ROUND).rows()).isEmpty();
    assertThat(declared.of(SCHOOL, DAY)).isEmpty();
  }

  @Test
  void aRoundIsASchoolYear() {
    assertThat(SelfChecks.roundOf(LocalDate.of(2026, 8, 31))).isEqualTo("2025-2026");
    assertThat(SelfChecks.roundOf(LocalDate.of(2026, 9, 1))).isEqualTo("2026-2027");
    assertThat(SelfChecks.roundOf(LocalDate.of(2027, 1, 1))).isEqualTo("2026-2027");
  }

  @Test
  void theSheetHasFourteenItemsAndNoValueStandsTwice() {
    assertThat(SelfCheckItem.values()).hasSize(14);
    List<DeclaredIndicator> all =
        EnumSet.allOf(SelfCheckItem.class).stream()
            .flatMap(item -> item.declared().stream())
            .toList();
    Set<DeclaredIndicator> once = all.stream().collect(Collectors.toSet());
    assertThat(all).hasSameSizeAs(once);
    assertThat(SelfCheckItem.CLASS_PLATFORM.id()).isEqualTo("class-platform");
    assertThat(SelfCheckItem.PERSON.number()).isEqualTo(14);
  }
}

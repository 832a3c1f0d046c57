package org.rollcall.collector.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
  private static final Actor OFFICE = new Actor("office", "10.0.0.2");
  private static final String CONTENT = "{\"name\":\"求是小学\"}";
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

  private SelfCheck written(String difference) {
    assertThat(
            sheets.write(
                HEAD, SCHOOL, ROUND, SelfCheckItem.IT_COURSE, notes(difference), List.of()))
        .isTrue();
    return sheets.of(SCHOOL, ROUND);
  }

  private SelfCheck reviewed(SelfCheck.State to, String text) {
    assertThat(sheets.review(OFFICE, sheets.of(SCHOOL, ROUND), to, text)).isTrue();
    return sheets.of(SCHOOL, ROUND);
  }

  @Test
  void aSheetGoesFromTheSchoolIntoTheFilesAndEveryStepIsWrittenDown() {
    assertThat(sheets.submit(HEAD, written("少两节"), CONTENT)).isTrue();
    SelfCheck submitted = sheets.of(SCHOOL, ROUND);
    assertThat(submitted.state()).isEqualTo(SelfCheck.State.SUBMITTED);
    assertThat(submitted.steps().get(0).sha256())
        .isEqualTo("fa3bcbf3f7da9addec8fff84952366583e470cbaac7ee2b81fd343acec278644");
    reviewed(SelfCheck.State.RETURNED, "请补充佐证材料");
    assertThat(sheets.submit(HEAD, written("少一节"), CONTENT + " ")).isTrue();
    reviewed(SelfCheck.State.TOWNSHIP_PASSED, "");
    reviewed(SelfCheck.State.COUNTY_PASSED, "属实");
    SelfCheck filed = reviewed(SelfCheck.State.FILED, "");
    assertThat(filed.steps())
        .extracting(SelfCheck.Step::state)
        .containsExactly(
            SelfCheck.State.SUBMITTED,
            SelfCheck.State.RETURNED,
            SelfCheck.State.SUBMITTED,
            SelfCheck.State.TOWNSHIP_PASSED,
            SelfCheck.State.COUNTY_PASSED,
            SelfCheck.State.FILED);
    assertThat(filed.steps().get(1).text()).isEqualTo("请补充佐证材料");
    assertThat(sheets.submitted(SCHOOL, ROUND).orElseThrow().content()).isEqualTo(CONTENT + " ");
    assertThat(audit.list(new AuditLog.Filter("", "self-check.step"), 0, 50).entries())
        .hasSize(6)
        .anySatisfy(entry -> assertThat(entry.detail()).contains("请补充佐证材料"));
  }

  @Test
  void nothingOfASubmittedSheetIsWrittenNorDeclared() {
    assertThat(sheets.submit(HEAD, written("少两节"), CONTENT)).isTrue();
    int before = written().size();
    assertThat(
            sheets.write(
                HEAD, SCHOOL, ROUND, SelfCheckItem.IT_COURSE, notes("x"), List.of(course(11))))
        .isFalse();
    SelfCheck.Row row =
        Objects.requireNonNull(sheets.of(SCHOOL, ROUND).rows().get(SelfCheckItem.IT_COURSE));
    assertThat(row.notes()).isEqualTo(notes("少两节"));
    assertThat(declared.of(SCHOOL, DAY)).isEmpty();
    assertThat(written()).hasSize(before);
  }

  @Test
  void whatWasWrittenAfterTheLookIsNotSubmittedUnseen() {
    SelfCheck seen = written("少两节");
    written("少一节"); // within the same millisecond by this clock
    assertThat(sheets.submit(HEAD, seen, CONTENT)).isFalse();
    assertThat(sheets.of(SCHOOL, ROUND).steps()).isEmpty();
  }

  @Test
  void ofManyWhoDecideAtOnceOneDecides() throws Exception {
    assertThat(sheets.submit(HEAD, written("少两节"), CONTENT)).isTrue();
    SelfCheck seen = sheets.of(SCHOOL, ROUND);
    ExecutorService office = Executors.newFixedThreadPool(6);
    try {
      List<Callable<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        SelfCheck.State to =
            i % 2 == 0 ? SelfCheck.State.RETURNED : SelfCheck.State.TOWNSHIP_PASSED;
        all.add(() -> sheets.review(OFFICE, seen, to, "理由"));
      }
      int done = 0;
      for (Future<Boolean> each : office.invokeAll(all, 60, TimeUnit.SECONDS)) {
        done += each.get() ? 1 : 0;
      }
      assertThat(done).isEqualTo(1);
    } finally {
      office.shutdownNow();
    }
    assertThat(sheets.of(SCHOOL, ROUND).steps()).hasSize(2);
  }

  @Test
  void aStepAndTheLogAreOneTransaction() {
    SelfCheck seen = written("少两节");
    database
        .jdbi()
        .useHandle(handle -> handle.execute("ALTER TABLE audit RENAME TO audit_elsewhere"));
    assertThatThrownBy(() -> sheets.submit(HEAD, seen, CONTENT))
        .isInstanceOf(RuntimeException.class);
    assertThat(sheets.of(SCHOOL, ROUND).state()).isEqualTo(SelfCheck.State.DRAFT);
    assertThat(sheets.of(SCHOOL, ROUND).steps()).isEmpty();
  }

  @Test
  void noSheetLeavesItsWayAndNoReturnIsWithoutReason() {
    SelfCheck draft = written("少两节");
    assertThatThrownBy(() -> sheets.review(OFFICE, draft, SelfCheck.State.FILED, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sheets.submit(HEAD, sheets.of(SCHOOL, "2027-2028"), CONTENT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(sheets.submit(HEAD, draft, CONTENT)).isTrue();
    SelfCheck submitted = sheets.of(SCHOOL, ROUND);
    assertThatThrownBy(() -> sheets.review(OFFICE, submitted, SelfCheck.State.RETURNED, " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(SelfCheck.State.FILED.leadsTo(SelfCheck.State.RETURNED)).isFalse();
  }
}

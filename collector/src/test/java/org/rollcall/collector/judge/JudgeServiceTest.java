package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.day.Days;
import org.rollcall.collector.day.DirtyDays;
import org.rollcall.collector.day.MaintenanceWindow;
import org.rollcall.collector.day.MaintenanceWindows;
import org.rollcall.collector.day.MemoryStore;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School.Medium;
import org.rollcall.collector.registry.School.Tier;

@OnBothDatabases
class JudgeServiceTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  /** Stands until it is moved. */
  private static final class MovedClock extends Clock {
    private Instant now = Instant.parse("2026-11-20T09:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }

    void move(Duration duration) {
      now = now.plus(duration);
    }
  }

  @TempDir Path folder;
  private final MovedClock clock = new MovedClock();
  private final MemoryStore store = new MemoryStore();
  private final List<Change> told = new CopyOnWriteArrayList<>();
  private Database database;
  private Registry registry;
  private Verdicts verdicts;
  private DirtyDays dirty;
  private JudgeService service;

  @BeforeEach
  void open() {
    database = home.open(folder);
    registry = new Registry(database);
    verdicts = new Verdicts(database);
    registry.change(
        change -> {
          change.putRegions(
              List.of(
                  new Region("440307", "龙岗区", "Longgang", Region.Level.COUNTY, null),
                  new Region("440307001", "某街道", "A", Region.Level.TOWNSHIP, "440307")));
          return change.putSchools(
              List.of(Case.school("S1", Tier.A), Case.school("S2", Tier.A)), Crs.WGS84);
        });
    dirty = new DirtyDays(ZoneId.of("Asia/Shanghai"));
    service = service();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private JudgeService service() {
    JudgeService made = new JudgeService(registry, store, database, dirty, Case.BASIS, clock);
    made.listen(told::addAll);
    return made;
  }

  private void send(String school, Days days) {
    store.write(List.of(days.report(school)));
    dirty.stored(List.of(days.report(school)));
  }

  private static Days good() {
    return new Case().reach("reach:edu", 10, 30, 0).tests(6, 4, 2e7).days;
  }

  private Verdict link(String school) {
    return verdicts.latest(school).stream()
        .filter(v -> v.rule().equals("XXT-A"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theFirstLookJudgesEverySchool() {
    service.recover();
    service.cycle();
    assertThat(verdicts.latestOf("GD-2010-18")).hasSize(2 * Case.PROFILE.rules().size());
    assertThat(link("S1").outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(told).isNotEmpty().allMatch(c -> c.verdict().to().equals(Case.DATE));
  }

  @Test
  void verdictsOfDaysThatHaveNotComeAreForgottenWhenTheClockIsRightAgain() {
    service.recover();
    service.cycle();
    clock.move(Duration.ofDays(365));
    service.cycle();
    assertThat(service.board().asOf()).isEqualTo(Case.DATE.plusDays(365));
    clock.move(Duration.ofDays(-365));
    service.cycle();
    assertThat(service.board().asOf()).isEqualTo(Case.DATE);
    assertThat(verdicts.latest("S1")).isNotEmpty().allMatch(v -> v.to().equals(Case.DATE));
    assertThat(service.board().of("S1")).allMatch(v -> v.to().equals(Case.DATE));
  }

  @Test
  void newDataChangesTheVerdictOfItsSchoolAlone() {
    service.recover();
    service.cycle();
    told.clear();
    send("S1", good());
    service.cycle();
    assertThat(link("S1").outcome()).isEqualTo(Outcome.MET);
    assertThat(told).hasSize(1);
    assertThat(told.get(0).verdict().school()).isEqualTo("S1");
    assertThat(told.get(0).before()).isNotNull();
    told.clear();
    send("S1", good());
    service.cycle();
    assertThat(told).as("told twice, changed once").isEmpty();
  }

  @Test
  void lateDataJudgesItsDateAnewAndWritesDownWhatChanged() {
    service.recover();
    service.cycle();
    Days wan = new Days();
    LocalDate early = LocalDate.of(2026, 11, 10);
    wan.see("link:wan", early, "09:00", "up", 1, "speedBitsPerSecond", 2e6);
    send("S1", wan);
    service.cycle();
    List<Mark> marks = verdicts.marks("S1", "GD-2010-18", early, Case.DATE);
    assertThat(marks)
        .filteredOn(m -> m.rule().equals("XXT-A"))
        .hasSize(9)
        .allMatch(m -> m.outcome() == Outcome.NOT_MET);
    assertThat(verdicts.changes("S1", 1).get(0).reason()).isEqualTo("bandwidth-fails-by-port");
    assertThat(verdicts.changes("S1", 1).get(0).before()).isEqualTo(Outcome.INSUFFICIENT_DATA);
  }

  @Test
  void aSchoolWhoseDataIsAllLateIsJudgedAsIfItHadBeenInTime() {
    service.recover();
    service.cycle();
    clock.move(Duration.ofDays(3));
    service.cycle();
    assertThat(link("S1").outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    send("S1", good());
    service.cycle();
    LocalDate today = Case.DATE.plusDays(3);
    assertThat(link("S1").outcome()).isEqualTo(Outcome.MET);
    assertThat(verdicts.marks("S1", "GD-2010-18", Case.DATE, today))
        .filteredOn(m -> m.rule().equals("XXT-A"))
        .isNotEmpty()
        .allMatch(m -> m.outcome() == Outcome.MET);
    assertThat(verdicts.changes("S1", 50))
        .anyMatch(
            c ->
                c.mark().rule().equals("XXT-A")
                    && c.before() == Outcome.INSUFFICIENT_DATA
                    && c.mark().outcome() == Outcome.MET);
  }

  @Test
  void maintenanceSaidAfterwardsRollsItsDaysUpAgain() {
    service.recover();
    Days days = new Days();
    days.every(1, 36, "pc:1", Case.DATE.minusDays(1), "08:00", "up", 0);
    send("S1", days);
    service.cycle();
    SchoolDays kept = new SchoolDays(database);
    LocalDate date = Case.DATE.minusDays(1);
    assertThat(kept.load("S1", date, date).get(0).subjects().get(0).lessons().down()).isEqualTo(40);
    MaintenanceWindows windows = new MaintenanceWindows(database);
    Instant from = Instant.ofEpochMilli(Days.millis(date, "08:00"));
    windows.add(new MaintenanceWindow(null, "S1", from, from.plusSeconds(1800), "works"));
    service.cycle();
    assertThat(kept.load("S1", date, date).get(0).subjects().get(0).lessons())
        .isEqualTo(new Availability(0, 10, 240, 30));
    assertThat(windows.touched()).isEmpty();
  }

  @Test
  void aDayOfMaintenanceIsRolledUpThoughNobodyReports() {
    service.recover();
    MaintenanceWindows windows = new MaintenanceWindows(database);
    LocalDate next = LocalDate.of(2026, 11, 23);
    Instant from = Instant.ofEpochMilli(Days.millis(next, "00:00"));
    windows.add(new MaintenanceWindow(null, "S1", from, from.plusSeconds(86_400), "works"));
    service.cycle();
    SchoolDays kept = new SchoolDays(database);
    assertThat(kept.load("S1", next, next)).isEmpty();
    clock.move(Duration.ofDays(3));
    service.cycle();
    assertThat(kept.load("S1", next, next).get(0).states().availability())
        .isEqualTo(new Availability(0, 0, 0, 280));
  }

  @Test
  void aSchoolThatFailsIsCountedTriedAgainAndStopsNobody() {
    service.recover();
    service.cycle();
    send("S1", good());
    send("S2", good());
    store.breakFor("S1");
    service.cycle();
    assertThat(link("S2").outcome()).isEqualTo(Outcome.MET);
    assertThat(link("S1").outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(service.counts().schoolsFailed()).isEqualTo(1);
    store.breakFor(null);
    service.cycle();
    assertThat(link("S1").outcome()).as("not yet").isEqualTo(Outcome.INSUFFICIENT_DATA);
    clock.move(Duration.ofMinutes(2));
    service.cycle();
    assertThat(link("S1").outcome()).isEqualTo(Outcome.MET);
  }

  @Test
  void whileASchoolWaitsToBeTriedAgainTheVerdictsDoNotClaimToBeOfNow() {
    service.recover();
    service.cycle();
    Instant before = service.judgedUpTo();
    send("S1", good());
    store.breakFor("S1");
    clock.move(Duration.ofSeconds(5));
    service.cycle();
    assertThat(service.waiting()).isEqualTo(1);
    assertThat(service.judgedUpTo()).isEqualTo(before);
    store.breakFor(null);
    clock.move(Duration.ofMinutes(2));
    service.cycle();
    assertThat(service.waiting()).isZero();
    assertThat(service.judgedUpTo()).isEqualTo(clock.instant());
  }

  @Test
  void aSchoolThatFailedIsTriedAgainThoughTheClockIsSetBack() {
    service.recover();
    service.cycle();
    send("S1", good());
    store.breakFor("S1");
    service.cycle();
    assertThat(service.counts().schoolsFailed()).isEqualTo(1);
    store.breakFor(null);
    clock.move(Duration.ofHours(-2));
    service.cycle();
    assertThat(link("S1").outcome()).isEqualTo(Outcome.MET);
  }

  @Test
  void aNewDayAndAChangedRegisterJudgeEverySchool() {
    service.recover();
    service.cycle();
    service.cycle();
    assertThat(service.counts().schoolsJudged()).isEqualTo(2);
    clock.move(Duration.ofDays(1));
    service.cycle();
    assertThat(service.counts().schoolsJudged()).isEqualTo(4);
    assertThat(link("S1").to()).isEqualTo(Case.DATE.plusDays(1));
    registry.change(
        change ->
            change.putSchools(List.of(new Case().medium(Medium.WIRELESS).school("S2")), Crs.WGS84));
    service.cycle();
    assertThat(link("S2").outcome()).isEqualTo(Outcome.NOT_MET);
  }

  @Test
  void afterACrashWhatWasNotRolledUpIsFoundAgain() {
    service.recover();
    service.cycle();
    store.write(List.of(good().report("S1")));
    dirty = new DirtyDays(ZoneId.of("Asia/Shanghai"));
    JudgeService next = service();
    next.recover();
    next.cycle();
    assertThat(link("S1").outcome()).isEqualTo(Outcome.MET);
  }

  @Test
  void afterACleanEndOnlyWhatWasLeftIsRolledUp() {
    service.recover();
    service.cycle();
    send("S1", new Days().see("pc:1", Case.DATE, "09:00", "up", 1));
    service.close();
    int visits = store.visits();
    dirty = new DirtyDays(ZoneId.of("Asia/Shanghai"));
    JudgeService next = service();
    next.recover();
    next.cycle();
    assertThat(store.visits()).isEqualTo(visits + 1);
    assertThat(new SchoolDays(database).load("S1", Case.DATE, Case.DATE).get(0).subjects())
        .hasSize(1);
  }

  @Test
  void judgingAgainFromWhatIsKeptGivesTheSameBytes() {
    service.recover();
    send("S1", good());
    service.cycle();
    List<String> first = verdicts.latestOf("GD-2010-18").stream().map(VerdictJson::write).toList();
    List<Change> changes =
        service.rejudge(registry.snapshot().schools(), Case.DATE.minusDays(3), Case.DATE);
    assertThat(changes).allMatch(c -> c.verdict().to().isBefore(Case.DATE));
    assertThat(verdicts.latestOf("GD-2010-18").stream().map(VerdictJson::write))
        .containsExactlyElementsOf(first);
    assertThat(service.rejudge(registry.snapshot().schools(), Case.DATE, Case.DATE)).isEmpty();
  }

  @Test
  void aDayBeforeAChangeIsJudgedByTheRegisterOfThatDay() {
    service.recover();
    send("S1", good());
    service.cycle();
    registry.change(
        Case.DATE, change -> change.putSchools(List.of(Case.school("S1", Tier.B)), Crs.WGS84));
    LocalDate before = Case.DATE.minusDays(1);

    assertThat(service.board(before).of("S1"))
        .filteredOn(v -> v.rule().equals("XXT-A"))
        .extracting(Verdict::outcome)
        .containsExactly(Outcome.MET);
    List<Change> changes = service.rejudge(List.of(Case.school("S1", Tier.B)), before, Case.DATE);

    assertThat(changes)
        .filteredOn(c -> c.verdict().rule().equals("XXT-A"))
        .extracting(c -> c.verdict().to() + " " + c.verdict().outcome())
        .endsWith(Case.DATE + " " + Outcome.NOT_APPLICABLE)
        .doesNotContain(before + " " + Outcome.NOT_APPLICABLE);
  }

  @Test
  void aFailingListenerLosesNoVerdict() {
    service.listen(
        changes -> {
          throw new IllegalStateException("A listener that always fails.");
        });
    service.recover();
    service.cycle();
    assertThat(verdicts.latest("S1")).hasSize(Case.PROFILE.rules().size());
  }

  @Test
  void theThreadLooksByItselfAndEnds() {
    service.start();
    await().until(() -> verdicts.latest("S1").size() == Case.PROFILE.rules().size());
    send("S1", good());
    service.wake();
    await().until(() -> new ArrayList<>(told).stream().anyMatch(c -> c.before() != null));
    service.close();
    assertThat(link("S1").outcome()).isEqualTo(Outcome.MET);
  }
}

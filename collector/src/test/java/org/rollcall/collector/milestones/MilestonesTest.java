package org.rollcall.collector.milestones;

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
import org.rollcall.collector.declared.Amount;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.milestones.Milestone.Standing;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.SetClock;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

@OnBothDatabases
class MilestonesTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final Region COUNTY =
      new Region("440307", "龙岗区", "Longgang", Region.Level.COUNTY, null);

  @TempDir Path folder;
  private final SetClock clock = new SetClock(LocalDate.of(2026, 4, 2), LocalTime.NOON);
  private Database database;
  private Registry registry;
  private DeclaredValues declared;
  private AuditLog audit;
  private Milestones milestones;

  @BeforeEach
  void open() throws Exception {
    database = home.open(folder);
    registry = new Registry(database, clock);
    registry.change(
        change -> {
          change.putRegions(List.of(COUNTY));
          return null;
        });
    declared = new DeclaredValues(database, clock);
    audit = new AuditLog(database.jdbi(), clock);
    Profile profile = Profile.read(Path.of("../config/targets/GD-2010-18.yaml"));
    Board board = new Board();
    milestones =
        new Milestones(
            new Milestones.Parts(
                MilestoneFile.read(Path.of("../config/milestones.yaml")),
                declared,
                audit,
                () -> profile,
                () -> board),
            database,
            clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Milestone find(String id, String due) {
    return milestones.find(registry.snapshot(), COUNTY, id, LocalDate.parse(due)).orElseThrow();
  }

  private Standing standing(String id, String due) {
    return find(id, due).standing(milestones.today());
  }

  @Test
  void yearlyDatesComeEachYearAndTheNextOneInTime() {
    assertThat(standing("preliminary-review", "2026-05-31")).isEqualTo(Standing.SOON);
    assertThat(find("preliminary-review", "2026-05-31").daysLeft(milestones.today())).isEqualTo(59);
    assertThat(standing("application-package", "2026-06-30")).isEqualTo(Standing.AHEAD);
    clock.set(LocalDate.of(2026, 7, 1), LocalTime.NOON);
    assertThat(standing("application-package", "2026-06-30")).isEqualTo(Standing.OVERDUE);
    assertThat(milestones.of(registry.snapshot(), List.of(COUNTY)))
        .extracting(each -> each.due().toString())
        .doesNotContain("2027-05-31");
    clock.set(LocalDate.of(2027, 1, 2), LocalTime.NOON);
    assertThat(standing("preliminary-review", "2027-05-31")).isEqualTo(Standing.AHEAD);
  }

  @Test
  void clocksRunFromWhatIsDeclaredAndAreNotThereWithoutIt() {
    assertThat(milestones.of(registry.snapshot(), List.of(COUNTY)))
        .extracting(Milestone::id)
        .doesNotContain("zone-three-years", "quality-balance");
    declared.put(
        List.of(
            value(DeclaredIndicator.ZONE_DESIGNATED, "2023-05-20"),
            value(DeclaredIndicator.TARGET_DATE, "2026-12-31")));
    assertThat(standing("zone-three-years", "2026-05-20")).isEqualTo(Standing.SOON);
    assertThat(standing("zone-five-years", "2028-05-20")).isEqualTo(Standing.AHEAD);
    assertThat(standing("quality-balance", "2026-12-31")).isEqualTo(Standing.AHEAD);
  }

  private static DeclaredValue value(DeclaredIndicator indicator, String day) {
    DeclaredIndicator.Reading read = indicator.read(day);
    Amount amount = ((DeclaredIndicator.Reading.Good) read).amount();
    return new DeclaredValue("440307", indicator, amount, LocalDate.of(2026, 1, 1), "", null);
  }

  @Test
  void theStepsOfThePlanAreMilestones() {
    assertThat(milestones.of(registry.snapshot(), List.of(COUNTY)))
        .filteredOn(each -> each.id().startsWith("plan-"))
        .extracting(Milestone::planned)
        .containsExactly(20, 40, 70, 90, 100);
    assertThat(standing("plan-20", "2020-12-31")).isEqualTo(Standing.OVERDUE);
  }

  @Test
  void somebodySaysThatItIsDoneAndTakesItBack() {
    Actor li = new Actor("li", "10.0.0.9");
    Milestone review = find("preliminary-review", "2026-05-31");
    milestones.done(li, review, milestones.today(), "minutes of 2 April");
    assertThat(standing("preliminary-review", "2026-05-31")).isEqualTo(Standing.DONE);
    assertThat(find("preliminary-review", "2026-05-31").done())
        .isEqualTo(new Milestone.Done(milestones.today(), "li", "minutes of 2 April"));
    milestones.done(li, review, LocalDate.of(2026, 6, 3), "late after all");
    assertThat(standing("preliminary-review", "2026-05-31")).isEqualTo(Standing.DONE_LATE);
    milestones.undo(li, review);
    assertThat(standing("preliminary-review", "2026-05-31")).isEqualTo(Standing.SOON);
    assertThat(audit.list(new AuditLog.Filter("li", "milestone."), 0, 10).entries())
        .extracting(AuditEntry::action)
        .containsExactly("milestone.undo", "milestone.done", "milestone.done");
  }

  @Test
  void wrongFilesAreSaidInASentence() {
    assertThatThrownBy(() -> read("every: 05-31, on: 2026-05-31"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("a needs one of every, on and declared");
    assertThatThrownBy(() -> read("every: 31 May"))
        .hasMessageContaining("a: every is a day such as 05-31");
    assertThatThrownBy(() -> read("declared: stars"))
        .hasMessageContaining("declared names an indicator that is a date");
    assertThatThrownBy(() -> read("every: 05-31, years: 3"))
        .hasMessageContaining("years belongs to declared");
  }

  private static void read(String when) throws SettingsException {
    SettingsReader.read(
        "test",
        "milestones: [{id: a, title: 甲, titleEn: A, source: s, sourceEn: s, " + when + "}]",
        Path.of("."),
        MilestoneFile.class);
  }
}

package org.rollcall.collector.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.registry.Region.Level;
import org.rollcall.collector.registry.RegisterChange.Counts;

@OnBothDatabases
class EffectiveDatesTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 16);
  private static final LocalDate LONG_AGO = LocalDate.of(2011, 3, 1);
  private static final String COUNTY = "440307";
  private static final String PINGHU = "440307001";
  private static final String BUJI = "440307002";
  private static final String CODE = "2144000001";
  private static final String OTHER = "2144000002";

  @TempDir Path folder;
  private final SetClock clock = new SetClock(TODAY, LocalTime.NOON);
  private Database database;
  private Registry registry;

  @BeforeEach
  void open() {
    database = home.open(folder);
    registry = new Registry(database, clock);
    registry.change(
        change ->
            change.putRegions(
                List.of(
                    RegisterTest.region(COUNTY, Level.COUNTY, null),
                    RegisterTest.region(PINGHU, Level.TOWNSHIP, COUNTY),
                    RegisterTest.region(BUJI, Level.TOWNSHIP, COUNTY))));
    put(null, RegisterTest.school(CODE, PINGHU));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsQuiteNewHasBeenSoEverSince() {
    assertThat(registry.at(LONG_AGO)).isSameAs(registry.snapshot());
    assertThat(registry.at(LONG_AGO).school(CODE)).isNotNull();
    put(LocalDate.of(2025, 9, 1), RegisterTest.school(OTHER, PINGHU));
    assertThat(registry.at(LocalDate.of(2025, 8, 31)).school(OTHER)).isNull();
    assertThat(registry.at(LocalDate.of(2025, 9, 1)).school(OTHER)).isNotNull();
  }

  @Test
  void aSchoolThatChangedTownshipLiesInTheOldOneBeforeAndInTheNewOneAfter() {
    LocalDate moved = LocalDate.of(2026, 2, 1);
    put(moved, RegisterTest.school(CODE, BUJI));
    Register before = registry.at(moved.minusDays(1));
    assertThat(before.schools(PINGHU)).extracting(School::code).containsExactly(CODE);
    assertThat(before.schools(BUJI)).isEmpty();
    Register after = registry.at(moved);
    assertThat(after.schools(PINGHU)).isEmpty();
    assertThat(after.schools(BUJI)).extracting(School::code).containsExactly(CODE);
    assertThat(after.breadcrumb(BUJI)).hasSize(2);
    assertThat(registry.snapshot()).isSameAs(after);
  }

  @Test
  void putTwiceOnTheSameDateChangesNothing() {
    LocalDate moved = LocalDate.of(2026, 2, 1);
    assertThat(put(moved, RegisterTest.school(CODE, BUJI))).isEqualTo(new Counts(0, 1, 0));
    long revision = registry.revision();
    assertThat(put(moved, RegisterTest.school(CODE, BUJI))).isEqualTo(new Counts(0, 0, 1));
    assertThat(put(null, RegisterTest.school(CODE, BUJI))).isEqualTo(new Counts(0, 0, 1));
    assertThat(registry.revision()).isEqualTo(revision);
  }

  @Test
  void aPlannedChangeTakesEffectByItselfAtMidnightInShanghai() {
    LocalDate planned = TODAY.plusDays(1);
    put(planned, RegisterTest.school(CODE, BUJI));
    long revision = registry.revision();
    assertThat(region(registry.snapshot())).isEqualTo(PINGHU);
    assertThat(region(registry.at(planned))).isEqualTo(BUJI);
    clock.set(TODAY, LocalTime.of(23, 59, 59));
    assertThat(region(registry.snapshot())).isEqualTo(PINGHU);
    assertThat(region(registry.known())).isEqualTo(PINGHU);
    clock.set(planned, LocalTime.MIDNIGHT);
    assertThat(region(registry.snapshot())).isEqualTo(BUJI);
    assertThat(region(registry.known())).isEqualTo(BUJI);
    assertThat(registry.revision()).isEqualTo(revision);
  }

  @Test
  void aChangeOfTodayLeavesWhatIsPlannedForLater() {
    LocalDate planned = LocalDate.of(2026, 9, 1);
    put(planned, RegisterTest.school(CODE, BUJI));
    put(null, status(RegisterTest.school(CODE, PINGHU), School.Status.SUSPENDED, null));
    assertThat(entry(CODE, TODAY.minusDays(1)).status()).isEqualTo(School.Status.OPEN);
    assertThat(entry(CODE, TODAY).status()).isEqualTo(School.Status.SUSPENDED);
    assertThat(entry(CODE, planned).status()).isEqualTo(School.Status.OPEN);
    assertThat(entry(CODE, planned).region()).isEqualTo(BUJI);
  }

  @Test
  void theTwentyNinthOfFebruaryIsADayLikeAnyOther() {
    LocalDate leap = LocalDate.of(2024, 2, 29);
    put(leap, RegisterTest.school(CODE, BUJI));
    assertThat(region(registry.at(LocalDate.of(2024, 2, 28)))).isEqualTo(PINGHU);
    assertThat(region(registry.at(leap))).isEqualTo(BUJI);
    assertThat(region(registry.at(LocalDate.of(2024, 3, 1)))).isEqualTo(BUJI);
    put(LocalDate.of(2025, 2, 28), RegisterTest.school(CODE, PINGHU));
    assertThat(region(registry.at(LocalDate.of(2025, 2, 27)))).isEqualTo(BUJI);
    assertThat(region(registry.at(LocalDate.of(2025, 3, 1)))).isEqualTo(PINGHU);
  }

  @Test
  void aClosedSchoolStaysInReportsBeforeItsDateAndIsInNothingAfter() {
    LocalDate closed = LocalDate.of(2026, 1, 10);
    put(closed, status(RegisterTest.school(CODE, PINGHU), School.Status.CLOSED, null));
    assertThat(registry.at(closed.minusDays(1)).schools(COUNTY)).hasSize(1);
    Register after = registry.at(closed);
    assertThat(after.schools()).isEmpty();
    assertThat(after.schools(COUNTY)).isEmpty();
    assertThat(after.sites()).isEmpty();
    assertThat(after.school(CODE)).as("its page can still be found").isNotNull();
  }

  @Test
  void aSuspendedSchoolIsNoSchoolForAWhileButItsAgentsGoOn() {
    put(null, status(RegisterTest.school(CODE, PINGHU), School.Status.SUSPENDED, null));
    assertThat(registry.snapshot().schools()).isEmpty();
    assertThat(registry.snapshot().sites(PINGHU)).extracting(School::code).containsExactly(CODE);
  }

  @Test
  void aCampusIsNoSchoolAndIsFoundWithItsMainSchool() {
    School campus = status(RegisterTest.school(OTHER, BUJI), School.Status.OPEN, CODE);
    put(null, campus);
    Register register = registry.snapshot();
    assertThat(register.schools()).extracting(School::code).containsExactly(CODE);
    assertThat(register.schools(BUJI)).isEmpty();
    assertThat(register.campuses(CODE)).containsExactly(campus);
    assertThat(register.campuses(OTHER)).isEmpty();
    assertThat(register.school(OTHER)).isEqualTo(campus);
    assertThat(register.sites()).extracting(School::code).containsExactly(CODE, OTHER);
    assertThat(register.sites(BUJI)).containsExactly(campus);
  }

  @Test
  void aMergedTownshipKeepsItsOldReports() {
    put(null, RegisterTest.school(OTHER, BUJI));
    LocalDate merged = LocalDate.of(2025, 12, 1);
    Integer moved = registry.change(merged, change -> change.mergeRegion(BUJI, PINGHU));
    assertThat(moved).isEqualTo(1);
    Register before = registry.at(merged.minusDays(1));
    assertThat(before.region(BUJI)).isNotNull();
    assertThat(before.schools(BUJI)).extracting(School::code).containsExactly(OTHER);
    assertThat(before.schools(PINGHU)).extracting(School::code).containsExactly(CODE);
    Register after = registry.at(merged);
    assertThat(after.region(BUJI)).isNull();
    assertThat(after.schools(PINGHU)).extracting(School::code).containsExactly(CODE, OTHER);
    Integer again = registry.change(merged, change -> change.mergeRegion(BUJI, PINGHU));
    assertThat(again).isEqualTo(-1);
  }

  @Test
  void whatWasPlannedForAMergedTownshipFollowsIt() {
    LocalDate planned = LocalDate.of(2026, 9, 1);
    put(planned, RegisterTest.school(CODE, BUJI));
    registry.change(change -> change.mergeRegion(BUJI, PINGHU));
    assertThat(region(registry.at(planned))).isEqualTo(PINGHU);
    assertThat(registry.at(planned).region(BUJI)).isNull();
  }

  @Test
  void refusesASchoolInARegionThatIsNotThereOnEveryDay() {
    put(null, RegisterTest.school(OTHER, BUJI));
    registry.change(LocalDate.of(2025, 12, 1), change -> change.mergeRegion(BUJI, PINGHU));
    long revision = registry.revision();
    assertThatThrownBy(() -> put(LocalDate.of(2025, 9, 1), RegisterTest.school(CODE, BUJI)))
        .isInstanceOf(RegisterConflictException.class)
        .hasMessage(
            "2144000001 would lie in the region 440307002, which is not there on 2025-12-01.");
    assertThatThrownBy(() -> put(null, RegisterTest.school(CODE, BUJI)))
        .isInstanceOf(RegisterConflictException.class);
    assertThat(registry.revision()).isEqualTo(revision);
  }

  @Test
  void aNewSchoolOfANewTownshipBeginsWithIt() {
    LocalDate founded = LocalDate.of(2026, 1, 1);
    registry.change(
        founded,
        change ->
            change.putRegions(List.of(RegisterTest.region("440307003", Level.TOWNSHIP, COUNTY))));
    put(null, RegisterTest.school(OTHER, "440307003"));
    assertThat(registry.at(founded.minusDays(1)).school(OTHER)).isNull();
    assertThat(registry.at(founded).school(OTHER)).isNotNull();
  }

  @Test
  void classesDevicesAndLinesAreThoseOfTheDate() {
    LocalDate september = LocalDate.of(2025, 9, 1);
    registry.change(
        change -> {
          change.putClasses(
              List.of(new SchoolClass(CODE, "一班", 1, false), new SchoolClass(CODE, "二班", 1, true)));
          change.putDevices(List.of(device("wan", "10.0.0.1"), device("old", "10.0.0.2")));
          return change.putLines(List.of(line("wan", 100.0)));
        });
    Counts replaced =
        registry.change(
            september,
            change -> {
              change.replaceDevices(List.of(device("wan", "10.9.9.9")));
              change.replaceLines(List.of(line("wan", 200.0)));
              return change.replaceClasses(List.of(new SchoolClass(CODE, "一班", 1, true)));
            });
    assertThat(replaced).isEqualTo(new Counts(0, 1, 0, 1));
    Inventory before = registry.inventory(CODE, september.minusDays(1));
    assertThat(before.classes()).hasSize(2);
    assertThat(before.devices()).extracting(Device::name).containsExactly("old", "wan");
    assertThat(before.lines()).containsExactly(line("wan", 100.0));
    Inventory after = registry.inventory(CODE);
    assertThat(after.classes()).containsExactly(new SchoolClass(CODE, "一班", 1, true));
    assertThat(after.devices()).containsExactly(device("wan", "10.9.9.9"));
    assertThat(after.lines()).containsExactly(line("wan", 200.0));
    assertThat(registry.inventories(List.of(CODE, OTHER), september).get(OTHER))
        .isEqualTo(Inventory.empty(OTHER));
  }

  @Test
  void withoutRowsOfItsOwnASchoolsColumnsDescribeItsOnlyLine() {
    School school = RegisterTest.school(CODE, PINGHU);
    assertThat(registry.inventory(CODE).lines()).isEmpty();
    assertThat(registry.inventory(CODE).lines(school))
        .containsExactly(new Line(CODE, "wan", School.Medium.FIBRE, "电信", 100.0, true, false));
    registry.change(change -> change.putDevices(List.of(device("uplink", "10.0.0.1"))));
    assertThat(registry.inventory(CODE).lines(school))
        .extracting(Line::name)
        .containsOnly("uplink");
    registry.change(change -> change.putLines(List.of(line("b", 4.0), line("a", 8.0))));
    assertThat(registry.inventory(CODE).lines(school))
        .extracting(Line::name)
        .containsExactly("a", "b");
  }

  @Test
  void aReplacementEndsWhatFollowsWithoutAGapAndKeepsWhatBeginsAnew() {
    registry.change(change -> change.putDevices(List.of(device("a", "1.1.1.1"))));
    registry.change(
        TODAY.plusDays(10), change -> change.putDevices(List.of(device("a", "2.2.2.2"))));
    registry.change(
        TODAY.plusDays(20), change -> change.replaceDevices(List.of(device("b", "3.3.3.3"))));
    registry.change(
        TODAY.plusDays(30), change -> change.putDevices(List.of(device("a", "4.4.4.4"))));
    registry.change(
        TODAY.plusDays(5), change -> change.replaceDevices(List.of(device("c", "5.5.5.5"))));
    assertThat(addresses(TODAY)).containsExactly("1.1.1.1");
    assertThat(addresses(TODAY.plusDays(5))).containsExactly("5.5.5.5");
    assertThat(addresses(TODAY.plusDays(12))).containsExactly("5.5.5.5");
    assertThat(addresses(TODAY.plusDays(20))).containsExactly("3.3.3.3", "5.5.5.5");
    assertThat(addresses(TODAY.plusDays(30))).containsExactly("4.4.4.4", "3.3.3.3", "5.5.5.5");
  }

  /** Every order of dated changes leaves what a plain calendar of them says. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20260316})
  void anyOrderOfChangesLeavesWhatACalendarOfThemSays(long seed) {
    Random random = new Random(seed);
    Map<LocalDate, Integer> students = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      LocalDate day = TODAY.plusDays(random.nextInt(60) - 30);
      int pupils = random.nextInt(1, 5);
      // From this day until the next day on which something was said.
      int[] before = {900};
      new TreeMap<>(students).headMap(day, true).values().forEach(last -> before[0] = last);
      Counts counts = put(day, pupils(pupils));
      assertThat(counts.changed())
          .as("seed %d, %s", seed, day)
          .isEqualTo(before[0] == pupils ? 0 : 1);
      if (before[0] != pupils) {
        students.put(day, pupils);
      }
    }
    for (int offset = -40; offset <= 40; offset++) {
      LocalDate day = TODAY.plusDays(offset);
      int[] expected = {900};
      new TreeMap<>(students).headMap(day, true).values().forEach(last -> expected[0] = last);
      assertThat(entry(CODE, day).students()).as("seed %d, %s", seed, day).isEqualTo(expected[0]);
    }
  }

  @Test
  void registersOfDatesBetweenTwoChangesAreTheSameObject() {
    put(LocalDate.of(2025, 9, 1), RegisterTest.school(CODE, BUJI));
    put(LocalDate.of(2026, 2, 1), RegisterTest.school(CODE, PINGHU));
    assertThat(registry.at(LocalDate.of(2025, 9, 1)))
        .isSameAs(registry.at(LocalDate.of(2026, 1, 31)));
    assertThat(registry.at(LONG_AGO)).isSameAs(registry.at(LocalDate.of(2025, 8, 31)));
    assertThat(registry.at(LocalDate.of(2026, 2, 1))).isSameAs(registry.snapshot());
  }

  private List<String> addresses(LocalDate date) {
    return registry.inventory(CODE, date).devices().stream().map(Device::address).toList();
  }

  private Counts put(@Nullable LocalDate effective, School school) {
    return registry.change(effective, change -> change.putSchools(List.of(school), Crs.WGS84));
  }

  private School entry(String code, LocalDate date) {
    School school = registry.at(date).school(code);
    assertThat(school).isNotNull();
    return Objects.requireNonNull(school);
  }

  private static String region(Register register) {
    School school = register.school(CODE);
    return school == null ? "none" : school.region();
  }

  private static Device device(String name, String address) {
    return new Device(CODE, "", "link", name, address, "snmp");
  }

  private static Line line(String name, double mbps) {
    return new Line(CODE, name, School.Medium.FIBRE, "电信", mbps, true, false);
  }

  private static School pupils(int students) {
    School s = RegisterTest.school(CODE, PINGHU);
    return new School(
        s.code(),
        s.name(),
        s.nameEn(),
        s.region(),
        s.stage(),
        s.tier(),
        s.ownership(),
        s.setting(),
        students,
        s.teachers(),
        s.classes(),
        s.lon(),
        s.lat(),
        s.medium(),
        s.isp(),
        s.contractMbps(),
        s.eduNetwork());
  }

  private static School status(School s, School.Status status, @Nullable String campusOf) {
    return new School(
        s.code(),
        s.name(),
        s.nameEn(),
        s.region(),
        s.stage(),
        s.tier(),
        s.ownership(),
        s.setting(),
        s.students(),
        s.teachers(),
        s.classes(),
        s.lon(),
        s.lat(),
        s.medium(),
        s.isp(),
        s.contractMbps(),
        s.eduNetwork(),
        status,
        campusOf,
        2027,
        new School.Statistics(48, 12, 80));
  }
}

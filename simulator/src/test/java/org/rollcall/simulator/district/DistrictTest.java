package org.rollcall.simulator.district;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistrictTest {
  @Test
  void theSameSeedAlwaysGivesTheSameDistrict() {
    assertThat(District.of(7, 60)).isEqualTo(District.of(7, 60));
    assertThat(District.of(8, 60)).isNotEqualTo(District.of(7, 60));
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 49, 50, 60, 250})
  void codesAndNamesAreUniqueAndCodesKeepTheirLeadingZero(int size) {
    List<SchoolPlan> schools = District.of(1, size).schools();
    assertThat(schools.stream().map(SchoolPlan::code).distinct()).hasSize(size);
    assertThat(schools.stream().map(SchoolPlan::name).distinct()).hasSize(size);
    assertThat(schools).allMatch(school -> school.code().matches("0\\d{9}"));
  }

  @Test
  void everyStoryIsToldAndMostSchoolsAreWell() {
    List<Scenario> told = District.of(1, 60).schools().stream().map(SchoolPlan::scenario).toList();
    assertThat(told).contains(Scenario.values());
    assertThat(told)
        .filteredOn(s -> s == Scenario.MET_A || s == Scenario.MET_B)
        .hasSizeGreaterThan(30);
  }

  @Test
  void oneNameIsThirtyCharactersLong() {
    assertThat(District.of(1, 24).schools()).anyMatch(school -> school.name().length() == 30);
  }

  @Test
  void everySubDistrictHasSchoolsAndTheyLieAroundItsMiddle() {
    List<SchoolPlan> schools = District.of(1, 60).schools();
    assertThat(schools.stream().map(SchoolPlan::township).collect(Collectors.toSet()))
        .hasSize(District.TOWNSHIPS.size());
    assertThat(schools)
        .allSatisfy(
            school -> {
              District.Township township =
                  District.TOWNSHIPS.stream()
                      .filter(t -> t.code().equals(school.township()))
                      .findFirst()
                      .orElseThrow();
              assertThat(Math.hypot(school.lon() - township.lon(), school.lat() - township.lat()))
                  .isLessThan(0.03);
            });
  }

  @Test
  void classCoverageStandsExactlyAtAndJustBelowSixtyPercent() {
    List<SchoolPlan> schools = District.of(1, 60).schools();
    assertThat(coverage(schools, Scenario.COVERAGE_AT_60)).isEqualTo("15/25");
    assertThat(coverage(schools, Scenario.COVERAGE_BELOW_60)).isEqualTo("16/27");
  }

  @Test
  void aDistrictThatNamesCannotFillIsRefused() {
    assertThatThrownBy(() -> District.of(1, 251)).hasMessageContaining("250");
  }

  @Test
  void registerFilesHoldEverySchoolAndClass(@TempDir Path folder) throws Exception {
    District district = District.of(1, 24);
    RegisterFiles.write(
        district,
        List.of(new RegisteredDevice("0144307001", "一(1)班", "terminal", "c0101", "h:1", "snmp")),
        folder,
        LocalDate.of(2026, 3, 1));
    assertThat(Files.readAllLines(folder.resolve("regions.csv")))
        .hasSize(10)
        .contains("440307,龙岗区,Longgang District,county,");
    assertThat(Files.readAllLines(folder.resolve("schools.csv")))
        .as("24 schools and a campus")
        .hasSize(26)
        .last()
        .asString()
        .startsWith(RegisterFiles.CAMPUS)
        .contains(",open," + RegisterFiles.withCampus(district).code() + ",");
    assertThat(Files.readAllLines(folder.resolve("lines.csv"))).hasSize(25);
    assertThat(Files.readAllLines(folder.resolve("declared.csv")))
        .hasSizeGreaterThan(24 * 8)
        .contains("440307,fund,20000000,2026-03-01,本年度,")
        .anyMatch(row -> row.contains("standardised-school,yes") && row.endsWith("号"));
    long classes = district.schools().stream().mapToLong(s -> s.classes().size()).sum();
    assertThat(Files.readAllLines(folder.resolve("classes.csv"))).hasSize((int) classes + 1);
    assertThat(Files.readAllLines(folder.resolve("devices.csv")))
        .containsExactly(
            "school,space,kind,name,address,probe", "0144307001,一(1)班,terminal,c0101,h:1,snmp");
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 26, 60, 250})
  void theFirstSchoolIsAShowcaseWithoutASecondCampus(int size) {
    District district = District.of(1, size);
    assertThat(RegisterFiles.withCampus(district)).isNotEqualTo(district.schools().get(0));
    assertThat(district.schools().get(0).pcsBroken()).isZero();
    List<List<String>> rows = DeclaredFile.rows(district, LocalDate.of(2026, 3, 1));
    assertThat(rows.stream().filter(r -> r.get(0).equals(district.schools().get(0).code())))
        .as("it declares everything")
        .hasSize(17);
  }

  @Test
  void mostComputerRoomsHaveEnoughThatWorksAndSomeHaveNot() {
    List<SchoolPlan> schools = District.of(1, 60).schools();
    assertThat(schools.stream().map(SchoolPlan::pcsBroken).distinct())
        .containsExactlyInAnyOrder(0, 1, 2);
    assertThat(schools).filteredOn(school -> school.pcsBroken() == 2).hasSizeBetween(3, 14);
  }

  @Test
  void mostNineYearSchoolsDeclareTheirPupilsByStageAndTheyAddUp() {
    District district = District.of(1, 60);
    List<List<String>> rows = DeclaredFile.rows(district, LocalDate.of(2026, 3, 1));
    List<SchoolPlan> mixed =
        district.schools().stream().filter(s -> s.stage().equals("nine_year")).toList();
    List<SchoolPlan> told =
        mixed.stream().filter(s -> value(rows, s, "students-primary") != null).toList();
    assertThat(told.size()).isGreaterThan(mixed.size() / 2);
    assertThat(told)
        .allSatisfy(
            school ->
                assertThat(
                        count(rows, school, "students-primary")
                            + count(rows, school, "students-junior"))
                    .isEqualTo(school.students()));
    assertThat(rows.stream().filter(row -> row.get(1).equals("cooperation-months")))
        .hasSizeGreaterThan(45)
        .anyMatch(row -> row.get(2).equals("7/7"))
        .anyMatch(row -> !row.get(2).equals("7/7"));
  }

  private static @Nullable String value(
      List<List<String>> rows, SchoolPlan school, String indicator) {
    return rows.stream()
        .filter(row -> row.get(0).equals(school.code()) && row.get(1).equals(indicator))
        .map(row -> row.get(2))
        .findFirst()
        .orElse(null);
  }

  private static int count(List<List<String>> rows, SchoolPlan school, String indicator) {
    return Integer.parseInt(Objects.requireNonNull(value(rows, school, indicator)));
  }

  private static String coverage(List<SchoolPlan> schools, Scenario scenario) {
    SchoolPlan school =
        schools.stream().filter(s -> s.scenario() == scenario).findFirst().orElseThrow();
    return school.classes().stream().filter(ClassPlan::declared).count()
        + "/"
        + school.classes().size();
  }
}

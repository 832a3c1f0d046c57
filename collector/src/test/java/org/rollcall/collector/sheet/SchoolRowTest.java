package org.rollcall.collector.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.registry.School;

class SchoolRowTest {
  private static SchoolRow row(String code, RollMark... marks) {
    School school =
        new School(
            code,
            code,
            "",
            "440307001",
            School.Stage.PRIMARY,
            School.Tier.A,
            School.Ownership.PUBLIC,
            School.Setting.URBAN,
            100,
            10,
            2,
            null,
            null,
            null,
            null,
            null,
            null);
    List<Cell> cells =
        Arrays.stream(marks)
            .map(mark -> Cell.of(mark, Availability.NONE, SheetReason.NOT_BEGUN.with()))
            .toList();
    return new SchoolRow(school, cells);
  }

  @Test
  void theMostAbsentComesFirstThenTheLeastKnownThenTheMostDisputed() {
    List<SchoolRow> sorted =
        Stream.of(
                row("5", RollMark.PRESENT, RollMark.PRESENT),
                row("4", RollMark.PRESENT, RollMark.PRESENT),
                row("3", RollMark.DISPUTED, RollMark.PRESENT),
                row("2", RollMark.NO_DATA, RollMark.PRESENT),
                row("1", RollMark.ABSENT, RollMark.PRESENT),
                row("0", RollMark.ABSENT, RollMark.ABSENT))
            .sorted(SchoolRow.WORST_FIRST)
            .toList();
    assertThat(sorted)
        .extracting(row -> row.school().code())
        .containsExactly("0", "1", "2", "3", "4", "5");
  }

  @Test
  void onlyThoseWhoWereCalledAreCounted() {
    SchoolRow row =
        row("1", RollMark.PRESENT, RollMark.ABSENT, RollMark.NO_SCHOOL, RollMark.NO_DATA);
    assertThat(row.roll()).isEqualTo(new Roll(3, 1, 1, 0, 1));
    assertThat(row.roll().hasGap()).isTrue();
    assertThat(row("2", RollMark.PRESENT, RollMark.NO_SCHOOL).roll().hasGap()).isFalse();
  }

  @Test
  void countsThatDoNotAddUpAreABug() {
    assertThatThrownBy(() -> new Roll(3, 1, 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}

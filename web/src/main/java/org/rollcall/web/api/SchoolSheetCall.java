package org.rollcall.web.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.profile.Parameters;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.sheet.CalledDay;
import org.rollcall.collector.sheet.Cell;
import org.rollcall.collector.sheet.LineRoll;
import org.rollcall.collector.sheet.LineRoll.SiteDays;
import org.rollcall.collector.sheet.MachineRoll;
import org.rollcall.collector.sheet.MachineRoll.ClassRow;
import org.rollcall.collector.sheet.MachineRoll.RoomRows;
import org.rollcall.collector.sheet.MachineRoll.SeatRow;
import org.rollcall.collector.sheet.SheetDates;

/**
 * {@code GET /api/v1/schools/{code}/sheet}: the roll-call sheet of a school: its line, its classes,
 * and the seats of its computer rooms, campus by campus.
 */
final class SchoolSheetCall implements Call {
  private static final int USUAL_DAYS = 20;
  private static final int MOST_DAYS = 60;

  /** Rows of classes and seats; the largest schools have some hundred. */
  private static final int MOST_ROWS = 2_000;

  private final District district;

  SchoolSheetCall(District district) {
    this.district = district;
  }

  /** One row: of a class, or of a seat. */
  private record Line(String name, @Nullable Integer grade, List<Cell> cells) {}

  /**
   * Rows that belong together.
   *
   * @param room name of the computer room; null for the classes
   */
  private record Group(School site, @Nullable String room, List<Line> lines) {}

  private record Sheet(
      School school,
      View view,
      boolean campuses,
      List<LocalDate> dates,
      List<Cell> line,
      List<Group> groups,
      int leftOut) {}

  private record Answer(
      String school,
      String name,
      String nameEn,
      String region,
      String profile,
      String at,
      SheetAnswer.Thresholds thresholds,
      int neverSeenDays,
      int neverSeenLeastDays,
      List<SheetAnswer.Column> columns,
      List<SheetAnswer.Sentence> reasons,
      List<SheetAnswer.CellView> line,
      List<GroupView> classes,
      List<GroupView> rooms,
      int rowsLeftOut) {}

  private record GroupView(
      @Nullable String campus,
      @Nullable String campusName,
      @Nullable String campusNameEn,
      @Nullable String room,
      List<SheetAnswer.Column> columns,
      List<RowView> rows) {}

  private record RowView(String name, @Nullable Integer grade, List<SheetAnswer.CellView> cells) {}

  @Override
  public Object answer(Request request) {
    boolean csv = SheetCsv.isAsked(request);
    Sheet sheet = sheet(request);
    return csv ? csv(sheet, request) : json(sheet);
  }

  private Sheet sheet(Request request) {
    View view = district.view(request);
    School school = view.school(request.path("code"));
    int days = request.number("days", 1, MOST_DAYS, USUAL_DAYS);
    Parameters parameters = view.profile().parameters();
    int lookBack = parameters.aliveSchoolDays().whole();
    SchoolCalendar calendar = district.calendar(school);
    List<LocalDate> looked = SheetDates.of(List.of(calendar), view.at(), days + lookBack - 1);
    List<LocalDate> dates = looked.subList(Math.max(0, looked.size() - days), looked.size());
    List<School> sites = new ArrayList<>(List.of(school));
    sites.addAll(view.register().campuses(school.code()));
    Instant now = district.now();
    List<SiteDays> lines = new ArrayList<>();
    List<Group> groups = new ArrayList<>();
    int[] left = {MOST_ROWS, 0};
    for (School site : sites) {
      List<SchoolDay> kept =
          looked.isEmpty()
              ? List.of()
              : district.days(site.code(), looked.get(0), looked.get(looked.size() - 1));
      List<CalledDay> called = CalledDay.of(calendar, looked, kept, now);
      lines.add(
          new SiteDays(
              site.name() + " (" + site.code() + ")",
              called.subList(called.size() - dates.size(), called.size())));
      Inventory inventory = view.register().inventory(site.code());
      if (inventory != null) {
        MachineRoll roll =
            new MachineRoll(
                inventory, called, dates.size(), lookBack, parameters.minAliveSchoolDays().whole());
        groups.addAll(groups(site, roll, left));
      }
    }
    List<Cell> line = line(view, school, lines, dates);
    return new Sheet(school, view, sites.size() > 1, dates, line, groups, left[1]);
  }

  /** The school's own row. */
  private List<Cell> line(View view, School school, List<SiteDays> sites, List<LocalDate> dates) {
    if (dates.isEmpty()) {
      return List.of();
    }
    LocalDate to = dates.get(dates.size() - 1);
    return LineRoll.row(
        sites,
        district
            .disputed(List.of(school.code()), view.profile(), dates.get(0), to)
            .getOrDefault(school.code(), Map.of()));
  }

  /**
   * @param left how many rows there is room for, and how many were left out
   */
  private static List<Group> groups(School site, MachineRoll roll, int[] left) {
    List<Group> groups = new ArrayList<>();
    List<Line> classes = new ArrayList<>();
    for (ClassRow row : roll.classes()) {
      classes.add(new Line(row.name(), row.grade(), row.cells()));
    }
    groups.add(new Group(site, null, bounded(classes, left)));
    for (RoomRows room : roll.rooms()) {
      List<Line> seats = new ArrayList<>();
      for (SeatRow seat : room.seats()) {
        seats.add(new Line(seat.name(), null, seat.cells()));
      }
      groups.add(new Group(site, room.name(), bounded(seats, left)));
    }
    return groups.stream().filter(group -> !group.lines().isEmpty()).toList();
  }

  private static List<Line> bounded(List<Line> lines, int[] left) {
    int kept = Math.min(lines.size(), left[0]);
    left[0] -= kept;
    left[1] += lines.size() - kept;
    return lines.subList(0, kept);
  }

  private static Answer json(Sheet sheet) {
    SheetAnswer answer = new SheetAnswer();
    List<SheetAnswer.CellView> line = answer.cells(sheet.line());
    List<GroupView> classes = new ArrayList<>();
    List<GroupView> rooms = new ArrayList<>();
    for (Group group : sheet.groups()) {
      (group.room() == null ? classes : rooms).add(group(sheet, group, answer));
    }
    Parameters parameters = sheet.view().profile().parameters();
    return new Answer(
        sheet.school().code(),
        sheet.school().name(),
        sheet.school().nameEn(),
        sheet.school().region(),
        sheet.view().profile().id(),
        sheet.view().at().toString(),
        SheetAnswer.Thresholds.IN_FORCE,
        parameters.aliveSchoolDays().whole(),
        parameters.minAliveSchoolDays().whole(),
        SheetAnswer.columns(sheet.dates(), List.of(sheet.line())),
        answer.reasons(),
        line,
        classes,
        rooms,
        sheet.leftOut());
  }

  private static GroupView group(Sheet sheet, Group group, SheetAnswer answer) {
    boolean campuses = sheet.campuses();
    return new GroupView(
        campuses ? group.site().code() : null,
        campuses ? group.site().name() : null,
        campuses ? group.site().nameEn() : null,
        group.room(),
        SheetAnswer.columns(sheet.dates(), group.lines().stream().map(Line::cells).toList()),
        group.lines().stream()
            .map(row -> new RowView(row.name(), row.grade(), answer.cells(row.cells())))
            .toList());
  }

  private static FileAnswer csv(Sheet sheet, Request request) {
    SheetCsv csv = new SheetCsv(request, sheet.dates(), "campus", "room", "row");
    csv.row(sheet.line(), "", "", csv.word("sheet.row.line"));
    for (Group group : sheet.groups()) {
      String campus = sheet.campuses() ? csv.name(group.site().name(), group.site().nameEn()) : "";
      String room = group.room() == null ? csv.word("sheet.row.classes") : group.room();
      group.lines().forEach(row -> csv.row(row.cells(), campus, room, row.name()));
    }
    return csv.file(sheet.school().code(), sheet.view().at());
  }
}

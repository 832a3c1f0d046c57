package org.rollcall.web.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.sheet.CalledDay;
import org.rollcall.collector.sheet.LineRoll;
import org.rollcall.collector.sheet.LineRoll.SiteDays;
import org.rollcall.collector.sheet.SchoolRow;
import org.rollcall.collector.sheet.SheetDates;

/**
 * {@code GET /api/v1/regions/{code}/sheet}: the roll-call sheet of a region's schools. All rows are
 * worked out where there are few enough of them, so that the worst can come first and the columns
 * count every school; otherwise those of the page alone, by name.
 */
final class RegionSheetCall implements Call {
  private static final int USUAL_DAYS = 20;
  private static final int MOST_DAYS = 60;
  private static final int USUAL_SIZE = 50;
  private static final int MOST_ROWS = 500;

  private static final Comparator<School> BY_NAME =
      Comparator.comparing(School::name).thenComparing(School::code);

  private final District district;

  RegionSheetCall(District district) {
    this.district = district;
  }

  private enum Sort {
    WORST,
    NAME
  }

  /**
   * @param rows of the page
   * @param counted the rows that the columns count: all that match, or those of the page
   * @param total how many match
   */
  private record Sheet(
      Region region,
      View view,
      List<LocalDate> dates,
      Sort sort,
      boolean whole,
      int total,
      List<SchoolRow> rows,
      List<SchoolRow> counted) {}

  private record Answer(
      String region,
      String profile,
      String at,
      Sort sort,
      boolean whole,
      SheetAnswer.Thresholds thresholds,
      List<SheetAnswer.Column> columns,
      List<SheetAnswer.Sentence> reasons,
      int total,
      List<RowView> items) {}

  private record RowView(
      String code,
      String name,
      String nameEn,
      String region,
      String regionName,
      String regionNameEn,
      List<SheetAnswer.CellView> cells) {}

  @Override
  public Object answer(Request request) {
    boolean csv = SheetCsv.isAsked(request);
    Sheet sheet = sheet(request);
    return csv ? csv(sheet, request) : json(sheet);
  }

  private Sheet sheet(Request request) {
    View view = district.view(request);
    Region region = view.region(request.path("code"));
    int page = request.number("page", 0, 1_000_000, 0);
    int size = request.number("size", 1, MOST_ROWS, USUAL_SIZE);
    int days = request.number("days", 1, MOST_DAYS, USUAL_DAYS);
    boolean gaps = "true".equals(request.text("gaps"));
    Sort asked = request.oneOf("sort", Sort.class);
    String text = request.text("q");
    List<School> found =
        view.register().schools(region.code()).stream()
            .filter(school -> text == null || isCalled(school, text.toLowerCase(Locale.ROOT)))
            .sorted(BY_NAME)
            .toList();
    boolean whole = found.size() <= MOST_ROWS;
    if (!whole && (gaps || asked == Sort.WORST)) {
      throw ApiProblem.badParameter(
          gaps ? "gaps" : "sort",
          gaps ? "true" : "WORST",
          "of more than " + MOST_ROWS + " schools; choose a region below, or part of a name",
          "超过 " + MOST_ROWS + " 校时不可用,请选择下级区划或输入校名的一部分");
    }
    List<LocalDate> dates = SheetDates.of(calendars(found), view.at(), days);
    List<School> loaded = whole ? found : page(found, page, size);
    List<SchoolRow> rows = rows(view, loaded, dates);
    Sort sort = asked == null ? (whole ? Sort.WORST : Sort.NAME) : asked;
    if (sort == Sort.WORST) {
      rows = rows.stream().sorted(SchoolRow.WORST_FIRST).toList();
    }
    if (gaps) {
      rows = rows.stream().filter(row -> row.roll().hasGap()).toList();
    }
    int total = whole ? rows.size() : found.size();
    List<SchoolRow> shown = whole ? page(rows, page, size) : rows;
    return new Sheet(region, view, dates, sort, whole, total, shown, rows);
  }

  private static boolean isCalled(School school, String text) {
    return Stream.of(school.code(), school.name(), school.nameEn())
        .anyMatch(field -> field.toLowerCase(Locale.ROOT).contains(text));
  }

  private static <T> List<T> page(List<T> all, int page, int size) {
    long from = Math.min(all.size(), (long) page * size);
    return all.subList((int) from, (int) Math.min(all.size(), from + size));
  }

  private Collection<SchoolCalendar> calendars(List<School> schools) {
    Set<SchoolCalendar> calendars = new LinkedHashSet<>();
    schools.forEach(school -> calendars.add(district.calendar(school)));
    return calendars;
  }

  private List<SchoolRow> rows(View view, List<School> schools, List<LocalDate> dates) {
    if (dates.isEmpty()) {
      return schools.stream().map(school -> new SchoolRow(school, List.of())).toList();
    }
    LocalDate from = dates.get(0);
    LocalDate to = dates.get(dates.size() - 1);
    List<String> sites = new ArrayList<>();
    for (School school : schools) {
      sites.add(school.code());
      view.register().campuses(school.code()).forEach(campus -> sites.add(campus.code()));
    }
    Map<String, List<SchoolDay>> days = district.lineDays(sites, from, to);
    List<String> codes = schools.stream().map(School::code).toList();
    Map<String, Map<LocalDate, Set<String>>> disputed =
        district.disputed(codes, view.profile(), from, to);
    Instant now = district.now();
    List<SchoolRow> rows = new ArrayList<>(schools.size());
    for (School school : schools) {
      List<SiteDays> its = new ArrayList<>();
      its.add(site(school, dates, days, now));
      for (School campus : view.register().campuses(school.code())) {
        its.add(site(campus, dates, days, now));
      }
      rows.add(
          new SchoolRow(school, LineRoll.row(its, disputed.getOrDefault(school.code(), Map.of()))));
    }
    return rows;
  }

  private SiteDays site(
      School site, List<LocalDate> dates, Map<String, List<SchoolDay>> days, Instant now) {
    List<SchoolDay> kept = days.getOrDefault(site.code(), List.of());
    return new SiteDays(
        site.name() + " (" + site.code() + ")",
        CalledDay.of(district.calendar(site), dates, kept, now));
  }

  private static Answer json(Sheet sheet) {
    SheetAnswer answer = new SheetAnswer();
    List<RowView> items = sheet.rows().stream().map(row -> row(sheet, row, answer)).toList();
    return new Answer(
        sheet.region().code(),
        sheet.view().profile().id(),
        sheet.view().at().toString(),
        sheet.sort(),
        sheet.whole(),
        SheetAnswer.Thresholds.IN_FORCE,
        SheetAnswer.columns(sheet.dates(), sheet.counted().stream().map(SchoolRow::cells).toList()),
        answer.reasons(),
        sheet.total(),
        items);
  }

  private static RowView row(Sheet sheet, SchoolRow row, SheetAnswer answer) {
    School school = row.school();
    Region region = sheet.view().region(school.region());
    return new RowView(
        school.code(),
        school.name(),
        school.nameEn(),
        region.code(),
        region.name(),
        region.nameEn(),
        answer.cells(row.cells()));
  }

  private static FileAnswer csv(Sheet sheet, Request request) {
    SheetCsv csv = new SheetCsv(request, sheet.dates(), "code", "name", "region");
    for (SchoolRow row : sheet.rows()) {
      School school = row.school();
      Region region = sheet.view().region(school.region());
      csv.row(
          row.cells(),
          school.code(),
          csv.name(school.name(), school.nameEn()),
          csv.name(region.name(), region.nameEn()));
    }
    return csv.file(sheet.region().code(), sheet.view().at());
  }
}

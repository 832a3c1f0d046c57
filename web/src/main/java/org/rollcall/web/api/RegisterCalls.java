package org.rollcall.web.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditEntry;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.registry.Dated;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.imports.Problem;
import org.rollcall.collector.registry.imports.RegisterEdits;

/**
 * Single entries of the register with their dates: bureaus and technicians read those of their
 * region, administrators change them.
 */
final class RegisterCalls {
  private static final int MOST_REASON = 200;
  private static final int MOST_VALUE = 200;
  private static final int MOST_FIELDS = 40;
  private static final int MOST_CHANGES = 100;
  private static final int MOST_DATE = 10;

  /** Days that no slip of the keyboard would name. */
  private static final LocalDate FIRST_DAY = LocalDate.of(1990, 1, 1);

  private static final LocalDate LAST_DAY = LocalDate.of(2099, 12, 31);

  private final Collector collector;
  private final District district;

  private record Entry(
      String kind,
      String code,
      String name,
      String nameEn,
      String today,
      boolean mayChange,
      List<RegisterEdits.Column> columns,
      List<Span> spans,
      List<Made> changes) {}

  private record Span(@Nullable String from, @Nullable String to, Map<String, String> values) {}

  private record Made(String at, String account, String source, @JsonRawValue String detail) {}

  RegisterCalls(Collector collector, District district) {
    this.collector = collector;
    this.district = district;
  }

  /** {@code GET /api/v1/schools/{code}/register}. */
  Object school(Request request) {
    return entry(request, found(request));
  }

  /** {@code POST /api/v1/schools/{code}/register}: {@code from}, {@code reason}, {@code values}. */
  Object changeSchool(Change change) {
    School school = found(change.request());
    apply(change, school.code(), edits()::school);
    return entry(change.request(), found(change.request()));
  }

  private School found(Request request) {
    String code = request.path("code");
    School school = district.scoped(request.viewer()).school(code);
    if (school == null) {
      throw ApiProblem.unknown("school", "学校", code);
    }
    requireOffice(request);
    return school;
  }

  private Entry entry(Request request, School school) {
    return new Entry(
        "school",
        school.code(),
        school.name(),
        school.nameEn(),
        registry().today().toString(),
        mayChange(request),
        RegisterEdits.columns(school),
        spans(registry().schoolHistory(school.code()), RegisterEdits::columns),
        changes(request, "register.school", school.code()));
  }

  /** {@code GET /api/v1/regions/{code}/register}. */
  Object region(Request request) {
    return entry(request, foundRegion(request));
  }

  /** {@code POST /api/v1/regions/{code}/register}. */
  Object changeRegion(Change change) {
    Region region = foundRegion(change.request());
    apply(change, region.code(), edits()::region);
    return entry(change.request(), foundRegion(change.request()));
  }

  private Region foundRegion(Request request) {
    String code = request.path("code");
    Region region = district.scoped(request.viewer()).region(code);
    if (region == null) {
      throw ApiProblem.unknown("region", "区划", code);
    }
    requireOffice(request);
    return region;
  }

  private Entry entry(Request request, Region region) {
    return new Entry(
        "region",
        region.code(),
        region.name(),
        region.nameEn(),
        registry().today().toString(),
        mayChange(request),
        RegisterEdits.columns(region),
        spans(registry().regionHistory(region.code()), RegisterEdits::columns),
        changes(request, "register.region", region.code()));
  }

  private static void requireOffice(Request request) {
    if (request.viewer().role() == Role.PUBLIC || request.viewer().role() == Role.SCHOOL) {
      throw ApiProblem.notYourTask();
    }
  }

  private static boolean mayChange(Request request) {
    return request.viewer().role() == Role.ADMINISTRATOR;
  }

  private Registry registry() {
    return collector.registry();
  }

  private RegisterEdits edits() {
    return new RegisterEdits(registry());
  }

  private static <T> List<Span> spans(
      List<Dated<T>> history, Function<T, List<RegisterEdits.Column>> columns) {
    return history.stream()
        .map(
            dated ->
                new Span(
                    text(dated.from()), text(dated.to()), values(columns.apply(dated.value()))))
        .toList();
  }

  private static Map<String, String> values(List<RegisterEdits.Column> columns) {
    Map<String, String> values = new LinkedHashMap<>();
    columns.forEach(column -> values.put(column.name(), column.value()));
    return values;
  }

  private static @Nullable String text(@Nullable LocalDate day) {
    return day == null ? null : day.toString();
  }

  private List<Made> changes(Request request, String action, String code) {
    boolean all = mayChange(request); // where a colleague sits is the administrators' to know
    return collector
        .audit()
        .list(new AuditLog.Filter("", action, code), 0, MOST_CHANGES)
        .entries()
        .stream()
        .map(entry -> made(entry, all))
        .toList();
  }

  private static Made made(AuditEntry entry, boolean all) {
    return new Made(
        Times.known(entry.at()), entry.account(), all ? entry.source() : "", entry.detail());
  }

  private static void apply(Change change, String code, EditCall call) {
    if (!mayChange(change.request())) {
      throw ApiProblem.notYourTask();
    }
    RegisterEdits.Edit edit =
        new RegisterEdits.Edit(
            day(change), change.text("reason", MOST_REASON), values(change.body().get("values")));
    RegisterEdits.Done done = call.edit(change.request().actor(), code, edit);
    if (!done.problems().isEmpty()) {
      throw ApiProblem.refused(
          "entry-refused",
          sentences(done.problems(), Locale.ENGLISH),
          sentences(done.problems(), Locale.CHINA));
    }
  }

  private interface EditCall {
    RegisterEdits.Done edit(Actor by, String code, RegisterEdits.Edit edit);
  }

  private static String sentences(List<Problem> problems, Locale locale) {
    return problems.stream()
        .map(
            problem ->
                problem.column().isEmpty()
                    ? problem.text(locale)
                    : problem.column() + ": " + problem.text(locale))
        .collect(Collectors.joining(" "));
  }

  private static LocalDate day(Change change) {
    String text = change.text("from", MOST_DATE);
    try {
      LocalDate day = LocalDate.parse(text);
      if (!day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY)) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // Answered below: out of range and not a day get the same sentence.
    }
    throw ApiProblem.badBody(
        "The day from is written as 2026-09-01 and lies between 1990 and 2099.",
        "from 应写作 2026-09-01,在 1990 至 2099 年之间。");
  }

  private static Map<String, String> values(@Nullable JsonNode values) {
    Map<String, String> read = new LinkedHashMap<>();
    boolean good = values != null && values.isObject() && values.size() <= MOST_FIELDS;
    if (good && values != null) {
      values.properties().forEach(each -> read.put(each.getKey(), each.getValue().asText("")));
      good = values.valueStream().allMatch(JsonNode::isTextual);
    }
    if (!good || read.values().stream().anyMatch(value -> value.length() > MOST_VALUE)) {
      throw ApiProblem.badBody(
          "Send values: an object of at most 40 columns, each with a text of at most 200 letters.",
          "请发送 values 对象:至多 40 列,每列文本至多 200 字。");
    }
    return read;
  }
}

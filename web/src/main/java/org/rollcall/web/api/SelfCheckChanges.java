package org.rollcall.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredIndicator.Reading;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.selfcheck.SelfCheck.Notes;
import org.rollcall.collector.selfcheck.SelfCheckItem;
import org.rollcall.collector.selfcheck.SelfChecks;

/**
 * {@code PATCH /api/v1/schools/{code}/self-check/{item}}: what a school writes beside an item of
 * today's round, and what it declares of it as of today.
 */
final class SelfCheckChanges implements ChangeCall {
  private static final int MOST_PERSON = 64;
  private static final int MOST_DAY = 10;

  private final Collector collector;
  private final District district;
  private final SelfCheckCall call;

  SelfCheckChanges(Collector collector, District district) {
    this.collector = collector;
    this.district = district;
    this.call = new SelfCheckCall(district, collector.selfChecks());
  }

  @Override
  public Object answer(Change change) {
    Request request = change.request();
    View view = district.view(request);
    School school = view.school(request.path("code"));
    if (!SelfCheckCall.mayEdit(request)) {
      throw ApiProblem.notYourTask();
    }
    SelfCheckItem item = item(request.path("item"));
    LocalDate today = collector.registry().today();
    List<DeclaredValue> values = values(change, school, item, today);
    Notes notes = notes(change, item);
    String round = SelfChecks.roundOf(view.at());
    SelfChecks sheets = collector.selfChecks();
    if (!sheets.write(request.actor(), school.code(), round, item, notes, values)) {
      throw SelfCheckSteps.changed(sheets.of(school.code(), round));
    }
    // What was declared today stands in the view of a later look at the register.
    return call.sheet(request, district.view(request), school);
  }

  private static SelfCheckItem item(String id) {
    for (SelfCheckItem item : SelfCheckItem.values()) {
      if (item.id().equals(id)) {
        return item;
      }
    }
    throw ApiProblem.unknown("item", "自查项目", id);
  }

  private static Notes notes(Change change, SelfCheckItem item) {
    String statement = text(change, "statement", Notes.LONGEST);
    if (!statement.isEmpty() && !item.isStated()) {
      throw ApiProblem.badBody("Of this item the sheet takes no statement.", "此项不接受学校自报说明。");
    }
    return new Notes(
        statement,
        text(change, "difference", Notes.LONGEST),
        text(change, "evidence", Notes.LONGEST),
        text(change, "measures", Notes.LONGEST),
        text(change, "person", MOST_PERSON),
        day(change));
  }

  private static String text(Change change, String name, int most) {
    String text = change.textOrNull(name, most);
    return text == null ? "" : text;
  }

  private static @Nullable LocalDate day(Change change) {
    String text = change.textOrNull("deadline", MOST_DAY);
    if (text == null) {
      return null;
    }
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() >= 2000 && day.getYear() < 2100) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // Answered below: no day and a mistyped year get the same sentence.
    }
    throw ApiProblem.badBody(
        "The deadline is a day of this century, written as 2026-09-01.",
        "完成时限应为本世纪的日期,写作 2026-09-01。");
  }

  /** What is declared anew; what stands already, and what is left blank, is left out. */
  private List<DeclaredValue> values(
      Change change, School school, SelfCheckItem item, LocalDate today) {
    JsonNode sent = change.body().get("declared");
    if (sent == null || sent.isNull()) {
      return List.of();
    }
    if (!sent.isObject()) {
      throw ApiProblem.badBody(
          "The field declared is an object of indicators.", "declared 应为由指标组成的对象。");
    }
    Map<DeclaredIndicator, DeclaredValue> standing = district.declared(school.code(), today);
    List<DeclaredValue> values = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : sent.properties()) {
      DeclaredIndicator indicator = DeclaredIndicator.of(each.getKey());
      if (indicator == null || !item.declared().contains(indicator)) {
        throw ApiProblem.badBody(
            "This item declares no " + each.getKey() + ".", "此项没有指标 " + each.getKey() + "。");
      }
      String text = each.getValue().asText().strip();
      DeclaredValue known = standing.get(indicator);
      if (!text.isEmpty() && (known == null || !known.amount().text().equals(text))) {
        values.add(value(school, indicator, text, today));
      }
    }
    return values;
  }

  private static DeclaredValue value(
      School school, DeclaredIndicator indicator, String text, LocalDate today) {
    if (indicator.read(text) instanceof Reading.Good good) {
      return new DeclaredValue(school.code(), indicator, good.amount(), today, "", null);
    }
    String kind = "self.kind." + indicator.kind().name();
    String most = Long.toString((long) indicator.max());
    throw ApiProblem.badBody(
        indicator.title(java.util.Locale.ENGLISH) + ": " + Words.en(kind, most),
        indicator.title(java.util.Locale.CHINESE) + ":" + Words.zh(kind, most));
  }
}

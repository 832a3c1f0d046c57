package org.rollcall.web.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.usage.ClassDay;

/**
 * {@code GET /api/v1/schools/{code}/power-on}: for how long each class's machines were switched on,
 * day by day.
 */
final class PowerOnCall implements Call {
  private static final int USUAL_DAYS = 7;
  private static final int MOST_DAYS = 92;

  private final District district;

  PowerOnCall(District district) {
    this.district = district;
  }

  private record Answer(String from, String to, List<DayView> days, List<ClassView> classes) {}

  private record DayView(String date, boolean schoolDay, int lessonMinutes) {}

  private record ClassView(String name, int grade, List<Map<String, @Nullable Object>> days) {}

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    School school = view.school(request.path("code"));
    LocalDate today = district.now().atZone(Times.ZONE).toLocalDate();
    LocalDate askedTo = request.day("to");
    LocalDate to = askedTo == null ? today : askedTo;
    LocalDate askedFrom = request.day("from");
    LocalDate from = askedFrom == null ? to.minusDays(USUAL_DAYS - 1) : askedFrom;
    long span = ChronoUnit.DAYS.between(from, to);
    if (span < 0 || span >= MOST_DAYS) {
      throw ApiProblem.badParameter(
          "from",
          from.toString(),
          "it is not after 'to' and the span has at most " + MOST_DAYS + " days",
          "不应晚于 to,且最多 " + MOST_DAYS + " 天");
    }
    List<SchoolDay> days = district.days(school.code(), from, to);
    Map<String, ClassView> classes = new LinkedHashMap<>();
    for (ClassDay one : ClassDay.of(district.inventory(school.code()), days)) {
      classes
          .computeIfAbsent(one.name(), name -> new ClassView(name, one.grade(), new ArrayList<>()))
          .days()
          .add(view(one));
    }
    return new Answer(
        from.toString(),
        to.toString(),
        days.stream()
            .map(day -> new DayView(day.date().toString(), day.schoolDay(), day.lessonMinutes()))
            .toList(),
        List.copyOf(classes.values()));
  }

  private Map<String, @Nullable Object> view(ClassDay day) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("date", day.date().toString());
    use(told, day.date(), day.use());
    List<Map<String, @Nullable Object>> devices = new ArrayList<>();
    for (ClassDay.DeviceDay device : day.devices()) {
      Map<String, @Nullable Object> its = new LinkedHashMap<>();
      its.put("subject", device.subject());
      use(its, day.date(), device.use());
      devices.add(its);
    }
    told.put("devices", devices);
    return told;
  }

  private void use(Map<String, @Nullable Object> told, LocalDate date, ClassDay.Use use) {
    told.put("minutes", use.minutes());
    told.put("lessonMinutes", use.lessonMinutes());
    told.put("times", use.times());
    told.put("firstOn", time(date, use.first()));
    told.put("lastOff", time(date, use.last()));
    told.put("faults", use.faults());
    told.put("faultBits", use.faultBits());
  }

  /** A moment that is still to come is now: what is on speaks for the next minutes too. */
  private @Nullable String time(LocalDate date, @Nullable Integer minute) {
    if (minute == null) {
      return null;
    }
    Instant time = date.atStartOfDay(Times.ZONE).plusMinutes(minute).toInstant();
    return Times.known(time.isAfter(district.now()) ? district.now() : time);
  }
}

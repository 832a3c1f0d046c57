package org.rollcall.web.api;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.Point;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.Subject;

/** {@code GET /api/v1/schools/{code}/series}: one measure of one subject over time. */
final class SeriesCall implements Call {
  private static final int USUAL_POINTS = 300;
  private static final int MOST_POINTS = 2_000;
  private static final Duration LONGEST = Duration.ofDays(400);

  private final District district;

  SeriesCall(District district) {
    this.district = district;
  }

  private record Answer(
      String subject,
      String measure,
      String unit,
      long stepSeconds,
      List<Step> points,
      List<Span> lessons) {}

  private record Step(
      String t,
      @Nullable Double min,
      @Nullable Double mean,
      @Nullable Double max,
      @Nullable Double p95,
      int count) {}

  private record Span(String from, String to) {}

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    School school = view.school(request.path("code"));
    String subject = required(request, "subject");
    String measure = required(request, "measure");
    if (!Subject.isValid(subject)) {
      throw ApiProblem.badParameter(
          "subject", subject, "write it as kind:name, e.g. link:wan", "应写作 类别:名称,如 link:wan");
    }
    if (!Limits.isMeasureName(measure)) {
      throw ApiProblem.badParameter(
          "measure", measure, "write it as inBitsPerSecond", "应写作 inBitsPerSecond 之类");
    }
    Instant to = or(request.time("to"), district.now());
    Instant from = or(request.time("from"), to.minus(Duration.ofDays(1)));
    Duration span = Duration.between(from, to);
    if (span.isNegative() || span.isZero() || span.compareTo(LONGEST) > 0) {
      throw ApiProblem.badParameter(
          "from",
          from.toString(),
          "it lies before 'to' and at most 400 days before it",
          "应早于 to,且相距不超过 400 天");
    }
    int step =
        request.number("step", 1, 31_536_000, (int) Math.max(1, span.toSeconds() / USUAL_POINTS));
    if (span.toSeconds() / step > MOST_POINTS) {
      throw ApiProblem.badParameter(
          "step",
          String.valueOf(step),
          "with it there would be more than " + MOST_POINTS + " points",
          "按此步长将超过 " + MOST_POINTS + " 个点");
    }
    List<Step> points = new ArrayList<>();
    for (Point p :
        district
            .store()
            .series(
                school.code(),
                subject,
                measure,
                new ObservationStore.Steps(from, to, Duration.ofSeconds(step)))) {
      points.add(
          p.count() == 0
              ? new Step(Times.known(p.t()), null, null, null, null, 0)
              : new Step(Times.known(p.t()), p.min(), p.mean(), p.max(), p.p95(), p.count()));
    }
    return new Answer(subject, measure, unit(measure), step, points, lessons(school, from, to));
  }

  private List<Span> lessons(School school, Instant from, Instant to) {
    List<Span> spans = new ArrayList<>();
    LocalDate last = to.atZone(Times.ZONE).toLocalDate();
    LocalDate first = from.atZone(Times.ZONE).toLocalDate();
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      district
          .lessons(school, day)
          .forEach(l -> spans.add(new Span(Times.known(l.from()), Times.known(l.to()))));
    }
    return spans;
  }

  /** The unit a measure's name carries. */
  private static String unit(String measure) {
    if (measure.endsWith("BitsPerSecond")) {
      return "bit/s";
    }
    if (measure.endsWith("Millis")) {
      return "ms";
    }
    return measure.endsWith("Seconds") ? "s" : "";
  }

  private static Instant or(@Nullable Instant given, Instant absent) {
    return given == null ? absent : given;
  }

  private static String required(Request request, String name) {
    String value = request.text(name);
    if (value == null) {
      throw ApiProblem.badParameter(name, "", "it must be given", "不能为空");
    }
    return value;
  }
}

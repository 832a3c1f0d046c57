package org.rollcall.web.api;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;

/**
 * {@code GET /api/v1/regions/{code}/timeline}: how the schools of each direct division stood, step
 * by step through a span of days. Read from the marks that were saved of each day, because making
 * the verdicts of a past day again costs minutes in a province; a day of which none are kept is
 * said to have none.
 */
final class TimelineCall implements Call {
  /** One a week through a year. Project default. */
  private static final int DEFAULT_STEPS = 52;

  private static final int MOST_STEPS = 120;

  /** Three years. Project default. */
  private static final int MOST_DAYS = 1_096;

  /** Schools that are asked on which days there were verdicts. Project default. */
  private static final int SAMPLE = 40;

  /** Marks of past days can be judged anew beside the server; so long nobody may notice. */
  private static final long REMEMBERED_SECONDS = 600;

  private final District district;
  private final Remembered<Key, Object> remembered = new Remembered<>(32);

  TimelineCall(District district) {
    this.district = district;
  }

  /** Everything an answer rests on; {@code tenMinutes} ends what it was remembered for. */
  private record Key(
      Asked asked,
      String profile,
      long register,
      String scope,
      LocalDate newest,
      long tenMinutes) {}

  private record Asked(
      String region, @Nullable String rule, @Nullable LocalDate from, LocalDate to, int steps) {}

  private record Division(String code, String name, String nameEn) {}

  /** Counts of one division; keys as in openapi.yaml. */
  private record Counts(String code, int met, int notMet, int insufficient, int notApplicable) {}

  /**
   * A step with the day of its verdicts, which may be some days before it; null when it has none.
   */
  private record Step(String date, @Nullable String verdictsOf, List<Counts> divisions) {}

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    Region region = view.region(request.path("code"));
    LocalDate to = request.day("to");
    if (to == null) {
      to = view.at();
    } else if (to.isAfter(district.asOf())) {
      throw ApiProblem.badParameter(
          "to",
          to.toString(),
          "the newest verdicts are of " + district.asOf(),
          "最新的判定日期为 " + district.asOf());
    }
    LocalDate from = request.day("from");
    check(from, to);
    int steps = request.number("steps", 1, MOST_STEPS, DEFAULT_STEPS);
    Asked asked = new Asked(region.code(), request.text("rule"), from, to, steps);
    Key key =
        new Key(
            asked,
            view.profile().versions(),
            view.register().revision(),
            String.valueOf(view.register().viewer().schoolCode()),
            district.asOf(),
            district.now().getEpochSecond() / REMEMBERED_SECONDS);
    return remembered.of(key, () -> answer(view, region, asked));
  }

  private static void check(@Nullable LocalDate from, LocalDate to) {
    if (from != null && (from.isAfter(to) || ChronoUnit.DAYS.between(from, to) > MOST_DAYS)) {
      throw ApiProblem.badParameter(
          "from",
          from.toString(),
          "it is at most " + MOST_DAYS + " days before " + to,
          "应在 " + to + " 之前,且不早于 " + MOST_DAYS + " 天");
    }
  }

  private Object answer(View view, Region region, Asked asked) {
    Chosen chosen = Chosen.of(view.profile(), asked.rule());
    LocalDate earliest = asked.from() == null ? asked.to().minusYears(1).plusDays(1) : asked.from();
    SortedMap<LocalDate, Integer> marked = marked(view, region, chosen, earliest, asked.to());
    LocalDate from = asked.from() == null && !marked.isEmpty() ? marked.firstKey() : earliest;
    List<LocalDate> dates = dates(from, asked.to(), asked.steps());
    Map<LocalDate, LocalDate> judged = judged(dates, from, marked);
    PastCounts counts =
        PastCounts.of(district, view, region.code(), chosen, List.copyOf(judged.values()));
    List<Step> steps = new ArrayList<>();
    for (LocalDate date : dates) {
      LocalDate of = judged.get(date);
      steps.add(
          new Step(
              date.toString(),
              of == null ? null : of.toString(),
              of == null ? List.of() : counts(counts.on(of))));
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("region", region.code());
    answer.put("profile", view.profile().id());
    answer.put("rule", asked.rule());
    answer.put("from", from.toString());
    answer.put("to", asked.to().toString());
    answer.put("divisions", divisions(view, region));
    answer.put("steps", steps);
    return answer;
  }

  private static List<Division> divisions(View view, Region region) {
    List<Region> below = view.register().children(region.code());
    return (below.isEmpty() ? List.of(region) : below)
        .stream().map(one -> new Division(one.code(), one.name(), one.nameEn())).toList();
  }

  private static List<Counts> counts(Map<String, Coverage.Tally> tallies) {
    List<Counts> counts = new ArrayList<>();
    tallies.forEach(
        (code, tally) ->
            counts.add(
                new Counts(
                    code,
                    tally.met(),
                    tally.notMet(),
                    tally.insufficient(),
                    tally.notApplicable())));
    return counts;
  }

  /** Evenly through the span, both ends among them; fewer when it has fewer days. */
  static List<LocalDate> dates(LocalDate from, LocalDate to, int most) {
    long days = ChronoUnit.DAYS.between(from, to);
    int steps = (int) Math.min(most, days + 1);
    List<LocalDate> dates = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      dates.add(to.minusDays(steps == 1 ? 0 : days * (steps - 1 - i) / (steps - 1)));
    }
    return dates;
  }

  /** On which days there are marks, asked of some schools that lie all over the region. */
  private SortedMap<LocalDate, Integer> marked(
      View view, Region region, Chosen chosen, LocalDate from, LocalDate to) {
    List<String> spoken =
        view.schools(region.code()).stream()
            .filter(school -> chosen.speakOf(school) > 0)
            .map(School::code)
            .toList();
    List<String> sample = new ArrayList<>();
    int each = Math.max(1, spoken.size() / SAMPLE);
    for (int i = 0; i < spoken.size() && sample.size() < SAMPLE; i += each) {
      sample.add(spoken.get(i));
    }
    return district.judge().markedDates(view.profile().id(), chosen.ids(), sample, from, to);
  }

  /**
   * For each step the newest day since the step before it on which at least half of the sampled
   * schools have a mark: on some days only a few schools are judged, and a count of those would
   * look like a fall.
   */
  private static Map<LocalDate, LocalDate> judged(
      List<LocalDate> dates, LocalDate from, SortedMap<LocalDate, Integer> marked) {
    int most = marked.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    Map<LocalDate, LocalDate> judged = new LinkedHashMap<>();
    LocalDate after = from;
    for (LocalDate date : dates) {
      for (Map.Entry<LocalDate, Integer> day : marked.subMap(after, date.plusDays(1)).entrySet()) {
        if (2 * day.getValue() >= most) {
          judged.put(date, day.getKey());
        }
      }
      after = date.plusDays(1);
    }
    return judged;
  }
}

package org.rollcall.web.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.ReasonText;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.registry.School;

/** {@code GET /api/v1/schools/{code}/verdicts}: what each rule says of a school, and why. */
final class VerdictsCall implements Call {
  private final District district;

  VerdictsCall(District district) {
    this.district = district;
  }

  private record Window(String from, String to) {}

  private record Sentence(String code, String zh, String en) {}

  private record Answer(
      String rule,
      Outcome verdict,
      Evidence evidence,
      boolean disputed,
      @Nullable Double value,
      @Nullable Double threshold,
      String unit,
      Window window,
      int samples,
      List<Sentence> because,
      String profileVersion,
      String calendarVersion) {}

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    School school = view.school(request.path("code"));
    List<Verdict> ordered = new ArrayList<>(view.standing(school).verdicts());
    view.verdicts(school).stream()
        .filter(verdict -> !ordered.contains(verdict))
        .forEach(ordered::add);
    return ordered.stream().map(VerdictsCall::answer).toList();
  }

  private static Answer answer(Verdict v) {
    return new Answer(
        v.rule(),
        v.outcome(),
        v.evidence(),
        v.disputed(),
        v.value(),
        v.threshold(),
        v.unit(),
        new Window(v.from().toString(), v.to().toString()),
        v.samples(),
        v.because().stream()
            .map(
                r ->
                    new Sentence(
                        r.code(),
                        ReasonText.in(Locale.SIMPLIFIED_CHINESE).text(r),
                        ReasonText.in(Locale.ENGLISH).text(r)))
            .toList(),
        v.profileVersion(),
        v.calendarVersion());
  }
}

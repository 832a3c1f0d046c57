package org.rollcall.web.api;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Reason;
import org.rollcall.collector.judge.ReasonText;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.requests.SchoolRequest;

/** {@code GET /api/v1/schools/{code}/verdicts}: what each rule says of a school, and why. */
final class VerdictsCall implements Call {
  private final District district;

  VerdictsCall(District district) {
    this.district = district;
  }

  private record Window(String from, String to) {}

  private record Sentence(String code, String zh, String en) {}

  /** One condition of several, on one line of one campus. */
  private record Part(
      Verdict.Part.Asked part,
      String line,
      @Nullable String campus,
      @Nullable String campusName,
      @Nullable String campusNameEn,
      Verdict.State state,
      @Nullable Double value,
      String unit,
      List<Sentence> because) {}

  private record Answer(
      String rule,
      Rule.Level level,
      boolean headline,
      Outcome verdict,
      Evidence evidence,
      boolean disputed,
      @Nullable Double value,
      @Nullable Double threshold,
      String unit,
      Window window,
      int samples,
      List<Sentence> because,
      List<Part> parts,
      List<String> missing,
      @Nullable Double passShare,
      @Nullable Double passShareLow95,
      String profileVersion,
      String calendarVersion,
      @Nullable Objection objection) {}

  /**
   * That the school objects (异议). Says nothing of {@code disputed}, which the judge finds itself.
   *
   * @param date of the verdict that it speaks of
   */
  private record Objection(long id, SchoolRequest.State state, String date, String at) {
    static @Nullable Objection of(@Nullable SchoolRequest request) {
      return request == null
          ? null
          : new Objection(
              request.id(),
              request.state(),
              request.judged().date().toString(),
              Times.known(request.at()));
    }
  }

  /** The headline targets first, then the others in the profile's order. */
  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    School school = view.school(request.path("code"));
    Set<String> headline =
        view.profile().headline().stream().map(Rule::id).collect(Collectors.toSet());
    Map<String, SchoolRequest> objections = district.objections(view, school);
    return view.verdicts(school).stream()
        .sorted(Comparator.comparing((Verdict v) -> !headline.contains(v.rule())))
        .map(v -> answer(view, v, headline.contains(v.rule()), objections.get(v.rule())))
        .toList();
  }

  private static Answer answer(
      View view, Verdict v, boolean headline, @Nullable SchoolRequest objection) {
    Rule rule = view.profile().rule(v.rule());
    if (rule == null) {
      throw new IllegalStateException("BUG: a verdict by a rule that its profile lacks");
    }
    return new Answer(
        v.rule(),
        rule.level(),
        headline,
        v.outcome(),
        v.evidence(),
        v.disputed(),
        v.value(),
        v.threshold(),
        v.unit(),
        new Window(v.from().toString(), v.to().toString()),
        v.samples(),
        sentences(v.because()),
        v.parts().stream().map(part -> part(view, part)).toList(),
        v.missing(),
        v.passShare(),
        v.passShareLow95(),
        v.profileVersion(),
        v.calendarVersion(),
        Objection.of(objection));
  }

  private static Part part(View view, Verdict.Part part) {
    String code = part.campus();
    School campus = code == null ? null : view.register().school(code);
    return new Part(
        part.part(),
        part.line(),
        code,
        campus == null ? null : campus.name(),
        campus == null ? null : campus.nameEn(),
        part.state(),
        part.value(),
        part.unit(),
        sentences(part.because()));
  }

  private static List<Sentence> sentences(List<Reason> reasons) {
    return reasons.stream()
        .map(
            r ->
                new Sentence(
                    r.code(),
                    ReasonText.in(Locale.SIMPLIFIED_CHINESE).text(r),
                    ReasonText.in(Locale.ENGLISH).text(r)))
        .toList();
  }
}

package org.rollcall.web.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.alerts.Alert;
import org.rollcall.collector.alerts.AlertDesk;
import org.rollcall.collector.alerts.AlertRules;
import org.rollcall.collector.alerts.Duty;
import org.rollcall.collector.alerts.Mute;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;

/** What people are told of, who is on duty, and what nobody is told of for a while. */
final class AlertCalls {
  /** How far back alerts that are over are listed. Project default. */
  private static final Duration BACK = Duration.ofDays(30);

  private final District district;
  private final AlertDesk desk;

  /**
   * One page.
   *
   * @param total of what is asked for
   * @param firing of all that the caller sees in the region; so the next ones
   * @param mayAct whether the caller may take alerts on and mute them
   */
  private record Page(
      long total,
      long firing,
      long acknowledged,
      long pending,
      boolean mayAct,
      List<AlertView.Item> items) {}

  private record Detail(AlertView.Item alert, boolean mayAct, List<Step> steps) {}

  private record Step(String at, String what, String text) {}

  private record Mutes(boolean mayAct, List<MuteView> items) {}

  /** A mute, with the name of its place. */
  record MuteView(
      long id,
      @Nullable String rule,
      String place,
      String placeName,
      String placeNameEn,
      String from,
      String until,
      String reason,
      String account) {}

  private record DutyView(List<OnDuty> rotas, List<WayView> ways, List<RuleView> rules) {}

  private record OnDuty(String id, @Nullable String person) {}

  private record WayView(
      String id, List<String> rules, List<String> regions, List<StepView> steps) {}

  private record StepView(
      long afterMinutes, @Nullable Long impact, List<String> channels, List<String> to) {}

  private record RuleView(String id, String title, String titleEn) {}

  AlertCalls(District district, AlertDesk desk) {
    this.district = district;
    this.desk = desk;
  }

  /** {@code GET /api/v1/alerts}: those that nobody has taken on first, then the heaviest. */
  Object list(Request request) {
    View view = district.view(request);
    Predicate<Alert> sees = AlertView.sees(view, request.text("region"));
    AlertView.State state = request.oneOf("state", AlertView.State.class);
    boolean ended = state == null || state == AlertView.State.RESOLVED;
    List<AlertDesk.Case> all =
        desk.cases(ended ? district.now().minus(BACK) : null).stream()
            .filter(each -> sees.test(each.alert()))
            .toList();
    List<AlertDesk.Case> asked =
        all.stream()
            .filter(each -> state == null || AlertView.state(each) == state)
            .sorted(ORDER)
            .toList();
    AlertRules rules = desk.rules();
    return new Page(
        asked.size(),
        count(all, AlertView.State.FIRING),
        count(all, AlertView.State.ACKNOWLEDGED),
        count(all, AlertView.State.PENDING),
        request.viewer().role().operates(),
        Listed.of(request, asked).items().stream()
            .map(each -> AlertView.item(each, rules, view.register()))
            .toList());
  }

  private static final Comparator<AlertDesk.Case> ORDER =
      Comparator.comparing((AlertDesk.Case each) -> rank(AlertView.state(each)))
          .thenComparing(Comparator.comparingLong((AlertDesk.Case each) -> impact(each)).reversed())
          .thenComparing(
              Comparator.comparingLong((AlertDesk.Case each) -> each.alert().id()).reversed());

  private static int rank(AlertView.State state) {
    return switch (state) {
      case FIRING -> 0;
      case ACKNOWLEDGED -> 1;
      case PENDING -> 2;
      case RESOLVED -> 3;
    };
  }

  /** Of what is over the newest comes first, whatever it cost. */
  private static long impact(AlertDesk.Case each) {
    return each.alert().isOpen() ? each.alert().weight().impact() : 0;
  }

  private static long count(List<AlertDesk.Case> all, AlertView.State state) {
    return all.stream().filter(each -> AlertView.state(each) == state).count();
  }

  /** {@code GET /api/v1/alerts/{id}}: with what became of it. */
  Object one(Request request) {
    View view = district.view(request);
    AlertDesk.Case found = find(view, request.path("id"));
    return new Detail(
        AlertView.item(found, desk.rules(), view.register()),
        request.viewer().role().operates(),
        desk.steps(found.alert().id()).stream()
            .map(step -> new Step(Times.known(step.at()), step.what(), step.text()))
            .toList());
  }

  /** One that the caller sees. */
  AlertDesk.Case find(View view, String id) {
    Predicate<Alert> sees = AlertView.sees(view, null);
    AlertDesk.Case found =
        id.matches("\\d{1,18}") ? desk.find(Long.parseLong(id)).orElse(null) : null;
    if (found == null || !sees.test(found.alert())) {
      throw ApiProblem.unknown("alert", "告警", id);
    }
    return found;
  }

  /** {@code GET /api/v1/mutes}: of places in scope, the next to end first. */
  Object mutes(Request request) {
    View view = district.view(request);
    RequestView.requireAccount(view.register());
    return new Mutes(
        request.viewer().role().operates(),
        desk.mutes().notEnded(district.now()).stream()
            .map(mute -> mute(view, mute))
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .toList());
  }

  /** Null where the place is not in scope. */
  static @Nullable MuteView mute(View view, Mute mute) {
    School school = view.register().school(mute.place());
    Region region = view.register().region(mute.place());
    if (school == null && region == null) {
      return null;
    }
    return new MuteView(
        mute.id(),
        mute.rule(),
        mute.place(),
        school != null ? school.name() : Objects.requireNonNull(region).name(),
        school != null ? school.nameEn() : Objects.requireNonNull(region).nameEn(),
        Times.known(mute.from()),
        Times.known(mute.until()),
        mute.reason(),
        mute.account());
  }

  /** {@code GET /api/v1/duty}: who is on duty now, and the ways; no addresses. */
  Object duty(Request request) {
    View view = district.view(request);
    RequestView.requireAccount(view.register());
    if (!RequestView.answers(request.viewer().role())) {
      throw ApiProblem.notYourTask();
    }
    Duty duty = desk.duty();
    Instant now = district.now();
    List<School> schools = view.schools(null);
    return new DutyView(
        duty.rotas().stream()
            .map(
                rota ->
                    new OnDuty(
                        rota.id(),
                        schools.isEmpty()
                            ? null
                            : duty.onDuty(rota, now, district.calendar(schools.get(0)))))
            .toList(),
        duty.ways().stream()
            .map(
                way ->
                    new WayView(
                        way.id(),
                        way.rules(),
                        way.regions(),
                        way.steps().stream()
                            .map(
                                step ->
                                    new StepView(
                                        step.after().toMinutes(),
                                        step.impact(),
                                        step.channels(),
                                        step.to()))
                            .toList()))
            .toList(),
        desk.rules().all().stream()
            .map(rule -> new RuleView(rule.id(), rule.title(), rule.titleEn()))
            .toList());
  }
}

package org.rollcall.web.api;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.accounts.ScopedRegister;
import org.rollcall.collector.alerts.Ack;
import org.rollcall.collector.alerts.Alert;
import org.rollcall.collector.alerts.AlertDesk;
import org.rollcall.collector.alerts.AlertRule;
import org.rollcall.collector.alerts.AlertRules;
import org.rollcall.collector.alerts.AlertText;
import org.rollcall.collector.alerts.SignalKind;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;

/** An alert as the API tells it, and whose alerts a caller sees. */
final class AlertView {
  /** Schools of one alert that are named. */
  private static final int NAMED = 50;

  private static final AlertText CHINESE = AlertText.in(Locale.SIMPLIFIED_CHINESE);
  private static final AlertText ENGLISH = AlertText.in(Locale.ENGLISH);

  private AlertView() {}

  /** How far it is, with what people did. */
  enum State {
    PENDING,
    FIRING,
    ACKNOWLEDGED,
    RESOLVED
  }

  /** One alert. */
  record Item(
      long id,
      String rule,
      String title,
      String titleEn,
      State state,
      SignalKind signal,
      SignalKind.Unit unit,
      double value,
      String region,
      String regionName,
      String regionNameEn,
      int schoolCount,
      List<ProblemView.Named> schools,
      @Nullable String subject,
      String since,
      @Nullable String fired,
      @Nullable String good,
      @Nullable String ended,
      int classes,
      long impact,
      boolean held,
      boolean unsteady,
      boolean planned,
      boolean muted,
      @Nullable AckView acknowledged,
      Said reason,
      Said next,
      @Nullable Said evidence,
      List<ToldView> told) {}

  /** The same in both languages. */
  record Said(String zh, String en) {}

  record AckView(String account, String at, String comment, @Nullable String until) {}

  /**
   * That somebody was told.
   *
   * @param step from 0; -1: again after an acknowledgement ran out, -2: that it is over
   */
  record ToldView(int step, List<String> channels, List<String> people, String at) {}

  /**
   * Whose alerts a caller sees: of schools all of which the caller sees, or of a region in scope.
   *
   * @param region only alerts in it; null: wherever
   * @throws ApiProblem if it is the public, or the region is out of scope
   */
  static Predicate<Alert> sees(View view, @Nullable String region) {
    ScopedRegister register = view.register();
    RequestView.requireAccount(register);
    String within = region == null ? null : view.region(region).code();
    boolean school = register.viewer().role() == Role.SCHOOL;
    return alert -> {
      List<String> schools = alert.about().schools();
      boolean its =
          schools.isEmpty()
              ? !school && register.region(alert.about().region()) != null
              : schools.stream().allMatch(code -> register.school(code) != null);
      return its && (within == null || register.part().isWithin(alert.about().region(), within));
    };
  }

  static State state(AlertDesk.Case each) {
    return switch (each.alert().state()) {
      case PENDING -> State.PENDING;
      case FIRING -> each.ack() == null ? State.FIRING : State.ACKNOWLEDGED;
      case RESOLVED -> State.RESOLVED;
    };
  }

  static Item item(AlertDesk.Case each, AlertRules rules, ScopedRegister register) {
    Alert alert = each.alert();
    AlertRule rule =
        rules.all().stream()
            .filter(one -> one.id().equals(alert.about().rule()))
            .findFirst()
            .orElse(null);
    Region region = register.region(alert.about().region());
    Ack ack = each.ack();
    String subject = alert.about().subject();
    return new Item(
        alert.id(),
        alert.about().rule(),
        rule == null ? alert.about().rule() : rule.title(),
        rule == null ? alert.about().rule() : rule.titleEn(),
        state(each),
        alert.about().kind(),
        alert.about().kind().unit(),
        Math.round(alert.weight().value() * 10) / 10.0,
        alert.about().region(),
        region == null ? alert.about().region() : region.name(),
        region == null ? alert.about().region() : region.nameEn(),
        alert.about().schools().size(),
        alert.about().schools().stream().limit(NAMED).map(code -> named(code, register)).toList(),
        subject.isEmpty() ? null : subject,
        Times.known(alert.times().since()),
        Times.text(alert.times().fired()),
        Times.text(alert.times().good()),
        Times.text(alert.times().ended()),
        alert.weight().classes(),
        alert.weight().impact(),
        alert.damping().heldBy() != null,
        alert.damping().unsteady(),
        alert.damping().planned(),
        each.muted(),
        ack == null
            ? null
            : new AckView(
                ack.account(), Times.known(ack.at()), ack.comment(), Times.text(ack.until())),
        new Said(CHINESE.reason(alert), ENGLISH.reason(alert)),
        new Said(CHINESE.next(alert), ENGLISH.next(alert)),
        alert.evidence().isEmpty()
            ? null
            : new Said(CHINESE.evidence(alert), ENGLISH.evidence(alert)),
        alert.told().stream()
            .map(
                told ->
                    new ToldView(
                        told.step(), told.channels(), told.people(), Times.known(told.at())))
            .toList());
  }

  private static ProblemView.Named named(String code, ScopedRegister register) {
    School school = register.school(code);
    return new ProblemView.Named(
        code, school == null ? code : school.name(), school == null ? code : school.nameEn());
  }
}

package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.ServiceDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Rule;

/**
 * 三通平台 and the integrated platform, each on its own: the share of probes in teaching hours to which
 * the platform answered this school. Response times and the certificate are told and do not decide.
 */
final class ServiceRule {
  private final JudgeInput input;
  private final Rule rule;
  private final String service;
  private final BigDecimal target;
  private final LocalDate from;
  private final List<Integer> medians = new ArrayList<>();
  private final List<Integer> p95s = new ArrayList<>();
  private @Nullable Integer certificateDays;
  private boolean seen;
  private int ok;
  private int all;
  private int days;

  ServiceRule(JudgeInput input, Rule rule) {
    this.input = input;
    this.rule = rule;
    this.service = Asked.of(rule);
    this.target = Asked.percent(rule);
    this.from = input.windowBegins();
    input.daysFrom(from).forEach(this::add);
    Collections.sort(medians);
    Collections.sort(p95s);
  }

  private void add(SchoolDay day) {
    SubjectDay subject = day.find("service:" + service);
    if (subject == null) {
      return;
    }
    seen = true;
    ServiceDay shown = subject.service();
    if (shown != null) {
      certificateDays = shown.certificateDays() == null ? certificateDays : shown.certificateDays();
    }
    if (!day.schoolDay() || subject.lessonSamples() == 0) {
      return;
    }
    all += subject.lessonSamples();
    ok += subject.lessonUp();
    days++;
    if (shown != null && shown.medianMillis() != null && shown.p95Millis() != null) {
      medians.add(shown.medianMillis());
      p95s.add(shown.p95Millis());
    }
  }

  Verdict judge() {
    VerdictBuilder verdict = new VerdictBuilder(input, rule, from).unit("%").threshold(target);
    verdict.evidence(Evidence.MEASURED).samples(all);
    verdict.defaults("windowDays", "minSamples", "minSchoolDays");
    int needed = input.profile().parameters().minSamples().whole();
    int neededDays = input.profile().parameters().minSchoolDays().whole();
    if (!seen) {
      return verdict
          .outcome(Outcome.INSUFFICIENT_DATA)
          .because(ReasonCode.SERVICE_UNKNOWN_NO_PROBE.with(service, from, input.date()))
          .build();
    }
    if (all < needed || days < neededDays) {
      verdict
          .outcome(Outcome.INSUFFICIENT_DATA)
          .because(ReasonCode.SERVICE_UNKNOWN.with(service, all, days, needed, neededDays));
    } else {
      boolean holds = Figures.reaches(ok, all, target);
      ReasonCode code = holds ? ReasonCode.SERVICE_HOLDS : ReasonCode.SERVICE_FAILS;
      BigDecimal percent = Figures.percent(ok, all);
      verdict
          .outcome(holds ? Outcome.MET : Outcome.NOT_MET)
          .value(percent)
          .because(code.with(service, ok, all, Figures.text(percent), days, Figures.text(target)));
    }
    if (!medians.isEmpty()) {
      verdict.because(
          ReasonCode.SERVICE_RESPONSE.with(
              service,
              medians.get((medians.size() - 1) / 2),
              p95s.get(p95s.size() - 1),
              medians.size()));
    }
    Integer left = certificateDays;
    if (left != null) {
      verdict.because(
          left < 0
              ? ReasonCode.SERVICE_CERTIFICATE_EXPIRED.with(service, -left)
              : ReasonCode.SERVICE_CERTIFICATE.with(service, left));
    }
    return verdict.build();
  }
}

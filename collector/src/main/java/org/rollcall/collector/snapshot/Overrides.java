package org.rollcall.collector.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.audit.AuditEntry;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.day.MaintenanceWindow;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.requests.RequestScope;
import org.rollcall.collector.requests.SchoolRequest;
import org.rollcall.collector.requests.SchoolRequests;
import org.rollcall.collector.snapshot.SnapshotBody.OverrideFact;
import org.rollcall.collector.snapshot.SnapshotMaking.Look;

/**
 * Every place where a person's word stands instead of a measurement, or changed what is counted:
 * certified values, declared ones where a measurement was asked for, hand edits of the register,
 * objections that were answered, maintenance. None is left out.
 */
final class Overrides {
  private static final int PAGE = 500;
  private static final ZoneId ZONE = Registry.ZONE;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Look look;
  private final String region;
  private final Set<String> schools;

  /** Who planned a stretch, by its beginning, end and reason. */
  private record Planned(Instant from, Instant to, String reason) {}

  Overrides(Look look, String region) {
    this.look = look;
    this.region = region;
    this.schools = look.codes();
  }

  List<OverrideFact> all() {
    List<OverrideFact> facts = new ArrayList<>();
    if (!region.isEmpty()) {
      certified(region, facts);
    }
    for (School school : look.schools()) {
      certified(school.code(), facts);
      declaredInPlace(school, facts);
    }
    edits(facts);
    objections(facts);
    maintenance(facts);
    return facts;
  }

  private void certified(String unit, List<OverrideFact> facts) {
    for (DeclaredValue value : look.declared(unit).values()) {
      String certificate = value.certificate();
      if (certificate == null) {
        continue;
      }
      Instant entered = null;
      for (DeclaredValues.Entry entry : look.parts().declared().history(unit, value.indicator())) {
        entered = entered == null && entry.value().equals(value) ? entry.entered() : entered;
      }
      facts.add(
          new OverrideFact(
              "CERTIFIED",
              unit,
              value.indicator().title(Locale.SIMPLIFIED_CHINESE) + " = " + value.amount().text(),
              certificate,
              entered == null ? value.asOf().toString() : entered.toString(),
              value.note()));
    }
  }

  /** A rule that asks for a measurement and was decided by what the school says. */
  private void declaredInPlace(School school, List<OverrideFact> facts) {
    for (Verdict verdict : look.board().of(school.code())) {
      Rule rule = look.profile().rule(verdict.rule());
      boolean decided = verdict.outcome() == Outcome.MET || verdict.outcome() == Outcome.NOT_MET;
      if (decided
          && rule != null
          && verdict.profile().equals(look.profile().id())
          && rule.indicator() != Indicator.DECLARED
          && verdict.evidence() == Evidence.DECLARED) {
        facts.add(
            new OverrideFact(
                "DECLARED",
                school.code(),
                rule.id() + " " + rule.title(),
                "",
                verdict.to().toString(),
                ""));
      }
    }
  }

  private void edits(List<OverrideFact> facts) {
    pages(
        "register.",
        entry -> {
          boolean ours = schools.contains(entry.subject()) || isOurRegion(entry.subject());
          boolean edit = entry.action().equals("register.school");
          edit |= entry.action().equals("register.region");
          if (ours && edit && isUpTo(entry.at())) {
            JsonNode detail = detail(entry);
            facts.add(
                new OverrideFact(
                    "REGISTER",
                    entry.subject(),
                    detail.path("changed").toString(),
                    who(entry),
                    entry.at().toString(),
                    detail.path("reason").asText("")));
          }
        });
  }

  private boolean isOurRegion(String code) {
    return !region.isEmpty() && look.register().isWithin(code, region);
  }

  private boolean isUpTo(Instant time) {
    return !time.atZone(ZONE).toLocalDate().isAfter(look.at());
  }

  private void objections(List<OverrideFact> facts) {
    SchoolRequests requests = look.parts().requests();
    RequestScope everybody = RequestScope.of(Viewer.administrator(), null);
    SchoolRequests.Filter ended =
        new SchoolRequests.Filter(
            null, SchoolRequest.Kind.OBJECTION, SchoolRequests.Standing.ENDED);
    List<SchoolRequest> page;
    long passed = 0;
    do {
      page = requests.list(everybody, ended, passed, PAGE).requests();
      passed += page.size();
      for (SchoolRequest request : page) {
        if (schools.contains(request.school()) && isUpTo(request.changed())) {
          List<SchoolRequest.Step> steps = requests.steps(request.id());
          SchoolRequest.Step last = steps.get(steps.size() - 1);
          facts.add(
              new OverrideFact(
                  "OBJECTION",
                  request.school(),
                  request.judged().rule() + " " + last.state().name(),
                  last.account(),
                  last.at().toString(),
                  last.text()));
        }
      }
    } while (page.size() == PAGE);
  }

  private void maintenance(List<OverrideFact> facts) {
    Instant from = look.from().atStartOfDay(ZONE).toInstant();
    Instant to = look.at().plusDays(1).atStartOfDay(ZONE).toInstant();
    List<MaintenanceWindow> windows = look.parts().maintenance().between(from, to);
    Map<Planned, String> planners = windows.isEmpty() ? Map.of() : planners();
    for (MaintenanceWindow window : windows) {
      if (schools.contains(window.school())) {
        Planned planned = new Planned(window.from(), window.to(), window.reason());
        facts.add(
            new OverrideFact(
                "MAINTENANCE",
                window.school(),
                window.from() + " / " + window.to(),
                planners.getOrDefault(planned, ""),
                window.from().toString(),
                window.reason()));
      }
    }
  }

  /** From the audit log: the command tells local times, the desk instants. */
  private Map<Planned, String> planners() {
    Map<Planned, String> planners = new HashMap<>();
    Consumer<AuditEntry> keep =
        entry -> {
          JsonNode detail = detail(entry);
          String from = detail.path("from").asText("");
          String to = detail.path("to").asText("");
          if (!from.isEmpty() && !to.isEmpty()) {
            planners.putIfAbsent(
                new Planned(instant(from), instant(to), detail.path("reason").asText("")),
                who(entry));
          }
        };
    pages("maintenance.add", keep);
    pages("problem.maintenance", keep);
    return planners;
  }

  private static Instant instant(String text) {
    return text.endsWith("Z")
        ? Instant.parse(text)
        : LocalDateTime.parse(text).atZone(ZONE).toInstant();
  }

  /** Reads the log through, the newest first; ends because a page that is not full is the last. */
  private void pages(String action, Consumer<AuditEntry> sink) {
    List<AuditEntry> page;
    long passed = 0;
    do {
      page = look.parts().audit().list(new AuditLog.Filter("", action), passed, PAGE).entries();
      passed += page.size();
      page.forEach(sink);
    } while (page.size() == PAGE);
  }

  private static JsonNode detail(AuditEntry entry) {
    try {
      return JSON.readTree(entry.detail());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("BUG: the audit entry " + entry.id() + " is no JSON", e);
    }
  }

  private static String who(AuditEntry entry) {
    return entry.account().isEmpty() ? entry.source() : entry.account();
  }
}

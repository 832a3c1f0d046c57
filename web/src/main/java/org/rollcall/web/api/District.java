package org.rollcall.web.api;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.accounts.ScopedRegister;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.identity.AgentEntry;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.pulse.Pulse;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.store.ObservationStore;

/** What the calls ask: everything the collector knows, each part from whoever keeps it. */
final class District {
  /** An agent reports every few seconds; so long a silence is worth showing. Project defaults. */
  private static final Duration LIVE = Duration.ofMinutes(5);

  private static final Duration LATE = Duration.ofHours(1);

  private final Collector collector;

  District(Collector collector) {
    this.collector = collector;
  }

  /** What this caller may see, as it is now; refuses a profile that is not loaded. */
  View view(Request request) {
    String asked = request.text("profile");
    if (asked != null && !asked.equals(profile().id())) {
      throw ApiProblem.unknown("profile", "标准", asked);
    }
    return new View(this, scoped(request.viewer()));
  }

  /** The viewer's part of the register as it is now. */
  ScopedRegister scoped(Viewer viewer) {
    return ScopedRegister.of(viewer, collector.registry());
  }

  /** The register as it was when somebody last asked: costs no query, for event threads. */
  Register known() {
    return collector.registry().known();
  }

  Instant now() {
    return collector.clock().instant();
  }

  Profile profile() {
    return collector.profile();
  }

  Board board() {
    return collector.board();
  }

  Pulse pulse() {
    return collector.pulse();
  }

  ObservationStore store() {
    return collector.store();
  }

  Inventory inventory(String school) {
    return collector.registry().inventory(school);
  }

  List<AgentEntry> agents(String school) {
    return collector.agents().list().stream()
        .filter(agent -> agent.school().equals(school) && agent.revoked() == null)
        .toList();
  }

  /** The school's lessons of a day; none where its calendar does not know the day. */
  List<SchoolCalendar.Lesson> lessons(School school, LocalDate day) {
    return collector.calendars().of(school, known()).lessons(day);
  }

  /** The day of the newest verdicts; today while there are none. */
  LocalDate asOf() {
    LocalDate newest = board().asOf();
    return newest == null ? now().atZone(Times.ZONE).toLocalDate() : newest;
  }

  /** The verdicts of the rules that judge schools like this one, in the profile's order. */
  Standing standing(School school) {
    List<Verdict> all = board().of(school.code());
    return new Standing(
        profile().rules().stream()
            .filter(rule -> rule.level() == Rule.Level.SCHOOL && rule.speaksOf(school))
            .flatMap(rule -> all.stream().filter(v -> v.rule().equals(rule.id())))
            .toList());
  }

  /** When an agent of the school was last heard; null if never. */
  @Nullable Instant lastSeen(String school) {
    return pulse().contact(school);
  }

  /** live, late, silent or none. */
  String state(String school) {
    Instant seen = lastSeen(school);
    if (seen == null) {
      return "none";
    }
    Duration age = Duration.between(seen, now());
    if (age.compareTo(LIVE) <= 0) {
      return "live";
    }
    return age.compareTo(LATE) <= 0 ? "late" : "silent";
  }
}

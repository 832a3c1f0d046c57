package org.rollcall.web.api;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.accounts.ScopedRegister;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.identity.AgentEntry;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.judge.JudgeService;
import org.rollcall.collector.problems.ProblemDesk;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.pulse.Pulse;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.requests.SchoolRequest;
import org.rollcall.collector.rollup.RegionRollup;
import org.rollcall.collector.store.ObservationStore;

/** What the calls ask: everything the collector knows, each part from whoever keeps it. */
final class District {
  /** An agent reports every few seconds; so long a silence is worth showing. Project defaults. */
  private static final Duration LIVE = Duration.ofMinutes(5);

  private static final Duration LATE = Duration.ofHours(1);

  /** A few profiles and rules on a few days, in a few scopes. Counts are small. */
  private static final int COVERAGES = 64;

  private static final int OUTLINES = 8;

  /** Of a province each is some thirty megabytes. */
  private static final int DECLARED = 2;

  /** Of a province each is a few megabytes: a summary of every rule for every region. */
  private static final int FIGURES = 4;

  private final Collector collector;
  private final Remembered<CoverageKey, Coverage> coverages = new Remembered<>(COVERAGES);
  private final Remembered<FiguresKey, RegionRollup> rollups = new Remembered<>(FIGURES);
  private final Remembered<FiguresKey, Disputes> disputes = new Remembered<>(FIGURES);
  private final Remembered<DeclaredKey, Map<String, Map<DeclaredIndicator, DeclaredValue>>>
      declared = new Remembered<>(DECLARED);
  private final Remembered<OutlinesKey, Outlines> outlines = new Remembered<>(OUTLINES);

  /**
   * Everything a coverage rests on.
   *
   * @param school the one that the viewer's figures are of; empty for a scope of regions
   */
  private record CoverageKey(
      JudgeService.Edition edition, String profile, @Nullable String rule, String school) {}

  private record FiguresKey(JudgeService.Edition edition, String profile, String school) {}

  private record DeclaredKey(long register, LocalDate at, String region, String school) {}

  private record OutlinesKey(long register, LocalDate at, String school) {}

  District(Collector collector) {
    this.collector = collector;
  }

  /**
   * What this caller may see, by the profile and on the day that are asked for; the first profile
   * and the newest day by default.
   */
  View view(Request request) {
    LocalDate day = day(request);
    return new View(
        this,
        ScopedRegister.at(request.viewer(), collector.registry(), day),
        profile(request),
        day);
  }

  private Profile profile(Request request) {
    String asked = request.text("profile");
    if (asked == null) {
      return profile();
    }
    return profiles().stream()
        .filter(profile -> profile.id().equals(asked))
        .findFirst()
        .orElseThrow(() -> ApiProblem.unknown("profile", "标准", asked));
  }

  private LocalDate day(Request request) {
    LocalDate asked = request.day("at");
    LocalDate newest = asOf();
    if (asked == null) {
      return newest;
    }
    if (asked.isAfter(newest)) {
      throw ApiProblem.badParameter(
          "at", asked.toString(), "the newest verdicts are of " + newest, "最新的判定日期为 " + newest);
    }
    return asked;
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

  List<Profile> profiles() {
    return collector.judge().basis().profiles();
  }

  Board board(LocalDate date) {
    return collector.judge().board(date);
  }

  /** Counted once for each edition of the verdicts. */
  Coverage coverage(View view, @Nullable String rule) {
    CoverageKey key =
        new CoverageKey(
            collector.judge().edition(view.at()), view.profile().versions(), rule, school(view));
    Chosen chosen = Chosen.of(view.profile(), rule);
    return coverages.of(
        key, () -> Coverage.of(view.part(), school -> view.outcome(school, chosen)));
  }

  /** Counts and conclusions are of this edition; what the classes come to may be a little older. */
  RegionRollup rollup(View view) {
    return rollups.of(
        key(view), () -> RegionRollup.of(view.part(), view.profile(), view::verdicts));
  }

  Disputes disputes(View view) {
    return disputes.of(key(view), () -> Disputes.of(view));
  }

  private FiguresKey key(View view) {
    return new FiguresKey(
        collector.judge().edition(view.at()), view.profile().versions(), school(view));
  }

  Outlines outlines(View view) {
    OutlinesKey key = new OutlinesKey(view.register().revision(), view.at(), school(view));
    return outlines.of(key, () -> Outlines.of(view.part()));
  }

  /** Whoever sees a region sees all of it, but for a school's own account. */
  private static String school(View view) {
    String school = view.register().viewer().schoolCode();
    return school == null ? "" : school;
  }

  JudgeService judge() {
    return collector.judge();
  }

  /** The whole register of a date: the same object where nothing changed between two. */
  Register register(LocalDate date) {
    return collector.registry().at(date);
  }

  /** The viewer's part of the register as it was on a date. */
  ScopedRegister scoped(Viewer viewer, LocalDate date) {
    return ScopedRegister.at(viewer, collector.registry(), date);
  }

  Pulse pulse() {
    return collector.pulse();
  }

  /** What is broken now. */
  ProblemDesk problems() {
    return collector.problems();
  }

  ObservationStore store() {
    return collector.store();
  }

  /**
   * What a region and its schools had declared by the view's day. Every change of it raises the
   * register's revision, so it is read once for each.
   */
  Map<String, Map<DeclaredIndicator, DeclaredValue>> declared(View view, Region region) {
    DeclaredKey key =
        new DeclaredKey(view.register().revision(), view.at(), region.code(), school(view));
    return declared.of(
        key,
        () -> {
          List<String> units = new ArrayList<>();
          view.schools(region.code()).forEach(school -> units.add(school.code()));
          units.add(region.code());
          return collector.declared().of(units, view.at());
        });
  }

  /** What a school had declared by a day. */
  Map<DeclaredIndicator, DeclaredValue> declared(String school, LocalDate day) {
    return collector.declared().of(school, day);
  }

  /** Devices found at a school that wait for a decision. */
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

  /** The school's days of a span as they are rolled up, both ends inclusive, oldest first. */
  List<SchoolDay> days(String school, LocalDate from, LocalDate to) {
    return collector.schoolDays().load(school, from, to);
  }

  /** The same of many schools, with their lines alone; no entry for one without a day. */
  Map<String, List<SchoolDay>> lineDays(Collection<String> schools, LocalDate from, LocalDate to) {
    return collector.schoolDays().load(schools, from, to, "link");
  }

  /** The calendar by which a school is judged now. */
  SchoolCalendar calendar(School school) {
    return collector.calendars().of(school, known());
  }

  /** The rules whose verdicts are marked disputed, by date by school. */
  Map<String, Map<LocalDate, Set<String>>> disputed(
      Collection<String> schools, Profile profile, LocalDate from, LocalDate to) {
    List<String> rules = profile.headline().stream().map(Rule::id).toList();
    return collector.verdicts().disputed(schools, profile.id(), rules, from, to);
  }

  /** The objections to a school's verdicts that stand on the view's day, by rule. */
  Map<String, SchoolRequest> objections(View view, School school) {
    return collector.requests().objections(school.code(), view.profile().id(), view.at());
  }

  /** The day of the newest verdicts; today while there are none. */
  LocalDate asOf() {
    LocalDate newest = collector.board().asOf();
    return newest == null ? now().atZone(Times.ZONE).toLocalDate() : newest;
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

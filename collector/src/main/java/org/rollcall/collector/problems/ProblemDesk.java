package org.rollcall.collector.problems;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.day.MaintenanceWindow;
import org.rollcall.collector.day.MaintenanceWindows;
import org.rollcall.collector.discovery.Placements;
import org.rollcall.collector.identity.AgentEntry;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.pulse.Pulse;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.protocol.v1.Observation;

/**
 * The technician's desk: what is broken now. Whoever asks finds the causes of all schools, and for
 * {@link #FRESH} others get the same; so that many open pages cost no more than one. Any thread;
 * calls block on the database and, for what began just now, on the store.
 */
public final class ProblemDesk {
  /** So old may causes be. Project default. */
  static final Duration FRESH = Duration.ofSeconds(5);

  /** A school that was heard so lately counts among those that could be heard. Project default. */
  private static final Duration LATELY = Duration.ofDays(1);

  /** Inventories that are kept between two rounds, about 5 KB each. Project default. */
  private static final int KEPT = 4_000;

  private final Parts parts;
  private final Clock clock;
  private final MaintenanceWindows windows;
  private final ProblemNotes notes;
  private final Placements placements;
  private final Database database;
  private final AuditLog audit;
  private final Onsets onsets;
  private final Map<String, Inventory> inventories = new HashMap<>();
  private long inventoryRevision = -1;
  private LocalDate inventoryDate = LocalDate.EPOCH;
  private Instant found = Instant.EPOCH;
  private Round round = new Round(List.of(), List.of());
  private int heardLately;
  private Instant awake;

  /**
   * What causes are found from.
   *
   * @param calendars those in force now
   */
  public record Parts(
      Registry registry,
      Agents agents,
      Pulse pulse,
      ObservationStore store,
      AuditLog audit,
      Supplier<SchoolCalendars> calendars) {}

  /**
   * One finding.
   *
   * @param joined the causes, schools that fell silent together as one
   * @param single the causes, each of one school
   */
  private record Round(List<Cause> joined, List<Cause> single) {}

  public ProblemDesk(Parts parts, Database database, Clock clock) {
    this.parts = parts;
    this.clock = clock;
    this.windows = new MaintenanceWindows(database);
    this.notes = new ProblemNotes(database, clock);
    this.database = database;
    this.audit = parts.audit();
    this.placements = new Placements(database);
    this.onsets = new Onsets(parts.store());
    this.awake = clock.instant();
  }

  /** Comments to a cause, those to earlier causes of the same id too, the newest first. */
  public List<Note> comments(String cause) {
    return notes.comments(cause);
  }

  /** Somebody takes a cause on; whoever did before is replaced. */
  public void acknowledge(Actor actor, Cause cause, String comment) {
    acknowledge(actor, cause.id(), comment, null);
  }

  /**
   * The same of what an alert is about, a cause or not.
   *
   * @param until when it runs out; null: it lasts as long as what it is of
   */
  public void acknowledge(Actor actor, String cause, String comment, @Nullable Instant until) {
    change(
        actor,
        "problem.acknowledge",
        cause,
        until == null
            ? Map.of("comment", comment)
            : Map.of("comment", comment, "until", until.toString()),
        handle -> notes.acknowledge(handle, cause, actor.account(), comment, until));
  }

  public void comment(Actor actor, Cause cause, String comment) {
    change(
        actor,
        "problem.comment",
        cause.id(),
        Map.of("comment", comment),
        handle -> notes.comment(handle, cause.id(), actor.account(), comment));
  }

  /** Notes the repair request of a cause, in place of the one before. */
  public void ticket(Actor actor, Cause cause, String number, String assignee, Ticket.State state) {
    Ticket ticket = new Ticket(number, assignee, state, actor.account(), clock.instant());
    change(
        actor,
        "problem.ticket",
        cause.id(),
        Map.of("number", number, "assignee", assignee, "state", state.name()),
        handle -> notes.ticket(handle, cause.id(), ticket));
  }

  /** Plans maintenance for every school of a cause. */
  public void plan(Actor actor, Cause cause, Instant from, Instant to, String reason) {
    List<MaintenanceWindow> planned =
        cause.schools().stream()
            .map(school -> new MaintenanceWindow(null, school, from, to, reason))
            .toList();
    change(
        actor,
        "problem.maintenance",
        cause.id(),
        Map.of("from", from.toString(), "to", to.toString(), "reason", reason),
        handle -> planned.forEach(window -> windows.add(handle, window)));
  }

  /** Makes a one-time code with which an agent of the school enrols; the code is not logged. */
  public String enrolmentCode(Actor actor, String school) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              String code = parts.agents().issueCode(handle, school, Agents.DEFAULT_VALIDITY);
              audit.record(handle, actor, "agent.code", school, Map.of());
              return code;
            });
  }

  private void change(
      Actor actor,
      String action,
      String subject,
      Map<String, String> detail,
      Consumer<Handle> work) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              work.accept(handle);
              audit.record(handle, actor, action, subject, detail);
            });
    refresh();
  }

  /**
   * The cases of the schools that somebody sees, what nobody looks after first, then the worst. A
   * cause of several schools is shown to whoever sees all of them; others see their own.
   */
  public List<Case> cases(Predicate<String> sees) {
    Round now = round();
    List<Cause> seen = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (Cause cause : now.joined()) {
      if (cause.schools().stream().allMatch(sees)) {
        seen.add(cause);
      } else if (cause.schools().size() > 1) {
        cause.schools().stream().filter(sees).forEach(told::add);
      }
    }
    if (!told.isEmpty()) {
      now.single().stream()
          .filter(cause -> cause.kind() == CauseKind.AGENT_SILENT)
          .filter(cause -> told.contains(cause.schools().get(0)))
          .forEach(seen::add);
    }
    return notes.cases(seen);
  }

  /** The case of an id, of those that somebody sees; null if there is none now. */
  public @Nullable Case find(String id, Predicate<String> sees) {
    return cases(sees).stream()
        .filter(each -> each.cause().id().equals(id))
        .findFirst()
        .orElse(null);
  }

  /** Agents that may report, of some schools; those with a fault first, then by school. */
  public List<AgentNow> agents(Predicate<String> sees) {
    Instant now = clock.instant();
    Map<String, Map<String, Observation>> newest = new HashMap<>();
    return parts.agents().list().stream()
        .filter(entry -> entry.revoked() == null && sees.test(entry.school()))
        .map(
            entry ->
                AgentNow.of(
                    entry,
                    newest
                        .computeIfAbsent(entry.school(), parts.pulse()::school)
                        .get("agent:" + entry.id()),
                    now))
        .sorted(
            Comparator.<AgentNow, Boolean>comparing(agent -> agent.faults().isEmpty())
                .thenComparing(agent -> agent.entry().school())
                .thenComparing(agent -> agent.entry().id()))
        .toList();
  }

  /** The causes of all schools, schools that fell silent together as one; the worst first. */
  public List<Cause> causes() {
    return round().joined();
  }

  /**
   * Nobody could be heard before this time, because this server was not at work or its store
   * refused: what was silent by then is not told of before it has been silent since.
   */
  public synchronized void awake(Instant since) {
    awake = since;
    found = Instant.EPOCH;
  }

  /** Looks again at the next question, because something was changed. */
  public synchronized void refresh() {
    found = Instant.EPOCH;
  }

  private synchronized Round round() {
    Instant now = clock.instant();
    Duration age = Duration.between(found, now);
    if (age.isNegative() || age.compareTo(FRESH) > 0) {
      List<Cause> single = find(now);
      Register register = parts.registry().snapshot();
      round =
          new Round(
              SharedSilence.join(
                  single,
                  heardLately,
                  region -> register.breadcrumb(region).stream().map(Region::code).toList()),
              single);
      found = now;
    }
    return round;
  }

  private List<Cause> find(Instant now) {
    Register register = parts.registry().snapshot();
    SchoolCalendars calendars = parts.calendars().get();
    Map<String, Heard> heard = heard();
    Map<String, List<MaintenanceWindow>> planned = planned(calendars, now);
    onsets.round(now);
    heardLately = 0;
    Map<School, SchoolLook> troubled = new LinkedHashMap<>();
    for (School school : register.sites()) {
      Heard agents = heard.getOrDefault(school.code(), Heard.NOBODY);
      Instant last = later(parts.pulse().contact(school.code()), agents.last());
      if (last != null && last.plus(LATELY).isAfter(now)) {
        heardLately++;
      }
      SchoolLook look =
          new SchoolLook(
              school,
              Inventory.empty(school.code()),
              parts.pulse().school(school.code()),
              last,
              agents.enrolled(),
              awake,
              calendars.of(school, register),
              planned.getOrDefault(school.code(), List.of()),
              Map.of(),
              now);
      if (look.silent() || look.newest().values().stream().anyMatch(o -> isWrong(o, now))) {
        troubled.put(school, look);
      }
    }
    Map<String, Inventory> its = inventories(troubled.keySet().stream().map(School::code).toList());
    Map<String, Map<String, String>> placed = placements.of(its.keySet());
    List<Cause> causes = new ArrayList<>();
    troubled.forEach(
        (school, look) ->
            causes.addAll(
                SchoolCauses.of(
                    look.with(
                        its.getOrDefault(school.code(), look.inventory()),
                        placed.getOrDefault(school.code(), Map.of())),
                    onsets)));
    return causes;
  }

  private static boolean isWrong(Observation seen, Instant now) {
    return Trouble.now(seen, now) != null;
  }

  /** What is known of a school's agents. */
  private record Heard(@Nullable Instant last, @Nullable Instant enrolled) {
    static final Heard NOBODY = new Heard(null, null);

    Heard and(AgentEntry entry) {
      Instant first = enrolled;
      return new Heard(
          later(last, entry.lastSeen()),
          first == null || entry.enrolled().isBefore(first) ? entry.enrolled() : first);
    }
  }

  private Map<String, Heard> heard() {
    Map<String, Heard> heard = new HashMap<>();
    for (AgentEntry entry : parts.agents().list()) {
      if (entry.revoked() == null) {
        heard.merge(entry.school(), Heard.NOBODY.and(entry), (before, more) -> before.and(entry));
      }
    }
    return heard;
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }

  private Map<String, List<MaintenanceWindow>> planned(SchoolCalendars calendars, Instant now) {
    Instant from =
        LostLessons.monday(calendars.dateOf(now)).atStartOfDay(calendars.zone()).toInstant();
    Map<String, List<MaintenanceWindow>> planned = new HashMap<>();
    for (MaintenanceWindow window : windows.between(from, now.plusMillis(1))) {
      planned.computeIfAbsent(window.school(), school -> new ArrayList<>()).add(window);
    }
    return planned;
  }

  /** Those that are kept are of one revision and day. */
  private Map<String, Inventory> inventories(List<String> schools) {
    long revision = parts.registry().revision();
    LocalDate today = parts.registry().today();
    if (revision != inventoryRevision || !today.equals(inventoryDate)) {
      inventories.clear();
      inventoryRevision = revision;
      inventoryDate = today;
    }
    List<String> missing =
        schools.stream()
            .filter(school -> !inventories.containsKey(school))
            .limit(Math.max(0, KEPT - inventories.size()))
            .toList();
    inventories.putAll(parts.registry().inventories(missing, today));
    return inventories;
  }
}

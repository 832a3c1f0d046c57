package org.rollcall.collector.snapshot;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.day.LessonStates;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.judge.Reason;
import org.rollcall.collector.judge.ReasonText;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Line;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.collector.selfcheck.SelfCheck;
import org.rollcall.collector.selfcheck.SelfCheckItem;
import org.rollcall.collector.selfcheck.SelfChecks;
import org.rollcall.collector.snapshot.SchoolFact.GradeUse;
import org.rollcall.collector.snapshot.SchoolFact.LineFact;
import org.rollcall.collector.snapshot.SchoolFact.Operation;
import org.rollcall.collector.snapshot.SchoolFact.PartFact;
import org.rollcall.collector.snapshot.SchoolFact.RoomFact;
import org.rollcall.collector.snapshot.SchoolFact.SheetFact;
import org.rollcall.collector.snapshot.SchoolFact.SheetRow;
import org.rollcall.collector.snapshot.SchoolFact.SheetStep;
import org.rollcall.collector.snapshot.SchoolFact.VerdictFact;
import org.rollcall.collector.snapshot.SnapshotBody.DeclaredFact;
import org.rollcall.collector.snapshot.SnapshotMaking.Look;
import org.rollcall.collector.usage.ClassDay;

/** What a snapshot holds of its schools. Days are read of some schools at a time. */
final class SchoolFacts {
  /** Schools whose days are in memory at once. */
  private static final int CHUNK = 50;

  private static final double BITS_PER_MEGABIT = 1e6;

  private static final ReasonText CHINESE = ReasonText.in(Locale.SIMPLIFIED_CHINESE);

  private final Look look;

  SchoolFacts(Look look) {
    this.look = look;
  }

  List<SchoolFact> all() {
    List<SchoolFact> facts = new ArrayList<>();
    List<School> schools = look.schools();
    for (int i = 0; i < schools.size(); i += CHUNK) {
      List<School> some = schools.subList(i, Math.min(schools.size(), i + CHUNK));
      List<String> codes = some.stream().map(School::code).toList();
      Map<String, Inventory> inventories = look.parts().registry().inventories(codes, look.at());
      Map<String, List<SchoolDay>> days = look.parts().days().load(codes, look.from(), look.at());
      for (School school : some) {
        facts.add(
            fact(
                school,
                inventories.getOrDefault(school.code(), Inventory.empty(school.code())),
                days.getOrDefault(school.code(), List.of())));
      }
    }
    return facts;
  }

  private SchoolFact fact(School school, Inventory inventory, List<SchoolDay> days) {
    List<String> unequipped =
        inventory.classes().stream()
            .filter(one -> !one.platformDeclared())
            .map(SchoolClass::name)
            .toList();
    School.Medium medium = school.medium();
    return new SchoolFact(
        school.code(),
        school.name(),
        school.region(),
        school.stage().name(),
        school.tier().name(),
        school.ownership().name(),
        school.setting().name(),
        school.students(),
        school.teachers(),
        school.classes(),
        medium == null ? null : medium.name(),
        school.isp(),
        school.contractMbps(),
        school.eduNetwork(),
        school.planYear(),
        school.statistics().largestClass(),
        school.statistics().multimediaRooms(),
        school.statistics().computers(),
        inventory.classes().size(),
        inventory.classes().size() - unequipped.size(),
        unequipped,
        inventory.lines(school).stream().map(one -> line(one, days)).toList(),
        inventory.rooms().stream().map(r -> new RoomFact(r.name(), r.pcs().size())).toList(),
        declared(look.declared(school.code())),
        verdicts(school),
        use(inventory, days),
        operation(inventory, days),
        sheet(school));
  }

  private static LineFact line(Line line, List<SchoolDay> days) {
    School.Medium medium = line.medium();
    Double port = null;
    for (SchoolDay day : days) {
      SubjectDay seen = day.find(line.subject());
      SchoolDay.LinkDay link = seen == null ? null : seen.link();
      Long bits = link == null ? null : link.maxSpeedBits();
      port = bits == null ? port : Double.valueOf(bits / BITS_PER_MEGABIT);
    }
    return new LineFact(
        line.name(),
        medium == null ? null : medium.name(),
        line.isp(),
        line.contractMbps(),
        line.eduNetwork(),
        port);
  }

  /** Declared values, in the catalogue's order. */
  static List<DeclaredFact> declared(Map<DeclaredIndicator, DeclaredValue> values) {
    List<DeclaredFact> facts = new ArrayList<>();
    for (DeclaredIndicator indicator : DeclaredIndicator.values()) {
      DeclaredValue value = values.get(indicator);
      if (value != null) {
        facts.add(
            new DeclaredFact(
                indicator.id(),
                indicator.title(Locale.SIMPLIFIED_CHINESE),
                value.amount().text(),
                value.asOf().toString(),
                value.note(),
                value.certificate(),
                null));
      }
    }
    return facts;
  }

  private List<VerdictFact> verdicts(School school) {
    List<Verdict> all = look.board().of(school.code());
    Set<String> objected =
        look.parts().requests().objections(school.code(), look.profile().id(), look.at()).keySet();
    List<VerdictFact> facts = new ArrayList<>();
    look.profile()
        .rules()
        .forEach(
            rule ->
                all.stream()
                    .filter(v -> v.profile().equals(look.profile().id()))
                    .filter(v -> v.rule().equals(rule.id()))
                    .forEach(v -> facts.add(verdict(v, objected.contains(rule.id())))));
    return facts;
  }

  private static VerdictFact verdict(Verdict verdict, boolean objected) {
    return new VerdictFact(
        verdict.rule(),
        verdict.outcome().name(),
        verdict.evidence().name(),
        verdict.disputed(),
        objected,
        verdict.value(),
        verdict.threshold(),
        verdict.unit(),
        verdict.from().toString(),
        verdict.to().toString(),
        verdict.samples(),
        verdict.because().stream().map(Reason::code).toList(),
        CHINESE.text(verdict),
        verdict.profileVersion(),
        verdict.calendarVersion(),
        verdict.parts().stream().map(SchoolFacts::part).toList(),
        verdict.missing(),
        verdict.passShare(),
        verdict.passShareLow95());
  }

  private static PartFact part(Verdict.Part part) {
    return new PartFact(
        part.part().name(),
        part.line(),
        part.campus(),
        part.state().name(),
        part.value(),
        part.unit(),
        part.because().stream().map(CHINESE::text).toList());
  }

  private static List<GradeUse> use(Inventory inventory, List<SchoolDay> days) {
    Map<Integer, long[]> sums = new TreeMap<>();
    Map<Integer, Set<String>> classes = new TreeMap<>();
    for (ClassDay day : ClassDay.of(inventory, days)) {
      long[] sum = sums.computeIfAbsent(day.grade(), grade -> new long[3]);
      sum[0]++;
      sum[1] += day.use().minutes();
      sum[2] += day.use().times();
      classes.computeIfAbsent(day.grade(), grade -> new TreeSet<>()).add(day.name());
    }
    List<GradeUse> use = new ArrayList<>();
    sums.forEach(
        (grade, sum) ->
            use.add(
                new GradeUse(
                    grade, classes.getOrDefault(grade, Set.of()).size(), sum[0], sum[1], sum[2])));
    return use;
  }

  private static Operation operation(Inventory inventory, List<SchoolDay> days) {
    Availability lines = Availability.NONE;
    int outages = 0;
    int longest = 0;
    int faults = 0;
    int schoolDays = 0;
    long roomMinutes = 0;
    Set<String> seen = new TreeSet<>();
    Set<String> used = new TreeSet<>();
    for (SchoolDay day : days) {
      schoolDays += day.schoolDay() ? 1 : 0;
      for (SubjectDay subject : day.subjects()) {
        seen.add(subject.subject());
        SchoolDay.OnMinutes on = subject.on();
        if (on == null || on.day() > 0) {
          used.add(subject.subject());
        }
        roomMinutes += on != null && subject.isOfKind("pc") ? on.day() : 0;
        SchoolDay.FaultDay fault = subject.fault();
        faults += fault == null ? 0 : fault.times();
        LessonStates states = subject.isOfKind("link") ? subject.states() : null;
        if (states != null) {
          lines = lines.plus(states.availability());
          List<Integer> runs = states.outages();
          outages += runs.size();
          longest = Math.max(longest, runs.stream().mapToInt(Integer::intValue).max().orElse(0));
        }
      }
    }
    List<String> idle = new ArrayList<>();
    List<String> unseen = new ArrayList<>();
    for (Device device : inventory.devices()) {
      if (!seen.contains(device.subject())) {
        unseen.add(device.subject());
      } else if (!used.contains(device.subject())) {
        idle.add(device.subject());
      }
    }
    return new Operation(
        schoolDays,
        lines.up(),
        lines.down(),
        lines.unknown(),
        lines.planned(),
        outages,
        longest,
        faults,
        roomMinutes,
        idle,
        unseen);
  }

  private @Nullable SheetFact sheet(School school) {
    SelfCheck sheet = look.parts().selfChecks().of(school.code(), SelfChecks.roundOf(look.at()));
    if (sheet.rows().isEmpty() && sheet.changed() == null) {
      return null;
    }
    List<SheetRow> rows = new ArrayList<>();
    for (SelfCheckItem item : SelfCheckItem.values()) {
      SelfCheck.Row row = sheet.rows().get(item);
      if (row != null) {
        SelfCheck.Notes notes = row.notes();
        LocalDate deadline = notes.deadline();
        Instant changed = row.changed();
        rows.add(
            new SheetRow(
                item.name(),
                notes.statement(),
                notes.difference(),
                notes.evidence(),
                notes.measures(),
                notes.person(),
                deadline == null ? null : deadline.toString(),
                row.account(),
                changed.toString()));
      }
    }
    List<SheetStep> steps = new ArrayList<>();
    for (SelfCheck.Step step : sheet.steps()) {
      steps.add(
          new SheetStep(step.state().name(), step.account(), step.at().toString(), step.text()));
    }
    return new SheetFact(sheet.round(), sheet.state().name(), rows, steps);
  }
}

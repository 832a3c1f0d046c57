package org.rollcall.web.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.declared.Amount;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.judge.ReasonText;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.selfcheck.Reviewers;
import org.rollcall.collector.selfcheck.SelfCheck;
import org.rollcall.collector.selfcheck.SelfCheck.Notes;
import org.rollcall.collector.selfcheck.SelfCheckItem;
import org.rollcall.collector.selfcheck.SelfChecks;

/**
 * {@code GET /api/v1/schools/{code}/self-check}: the sheet of the day's round, each item with what
 * the profile asks, what the judge found, what the school declares, and what it wrote. For whoever
 * is signed in.
 */
final class SelfCheckCall implements Call {
  /** From worst to best, so that an item is as good as its worst rule. */
  private static final List<Outcome> WORST_FIRST =
      List.of(Outcome.NOT_MET, Outcome.INSUFFICIENT_DATA, Outcome.MET, Outcome.NO_RULE);

  private final District district;
  private final SelfChecks sheets;

  SelfCheckCall(District district, SelfChecks sheets) {
    this.district = district;
    this.sheets = sheets;
  }

  record Sheet(
      Head head,
      String round,
      String date,
      String profile,
      String profileVersion,
      SelfCheck.State state,
      boolean mayEdit,
      String account,
      @Nullable String changed,
      List<Item> items,
      List<StepView> steps,
      Set<SelfCheck.State> next,
      boolean kept) {}

  record StepView(
      SelfCheck.State state, String account, String at, String text, @Nullable String sha256) {}

  /** What was submitted of a round, to the letter. */
  private record Content(String round, String sha256, String content) {}

  /** What stands on top; what is null the register does not know. */
  record Head(
      String school,
      String name,
      String nameEn,
      String regionName,
      String regionNameEn,
      School.Stage stage,
      School.Ownership ownership,
      School.Tier tier,
      int students,
      int classes,
      int teachers,
      @Nullable Long teachersUpTo45) {}

  record Item(
      SelfCheckItem item,
      int number,
      String zh,
      String en,
      Sentence required,
      Sentence evidence,
      List<Found> rules,
      List<Sentence> measured,
      List<Sentence> registered,
      List<Declared> declared,
      boolean stated,
      @Nullable Outcome outcome,
      NotesView notes,
      @Nullable String account,
      @Nullable String changed) {}

  record Sentence(String zh, String en) {
    static Sentence of(String key, String... values) {
      return new Sentence(Words.zh(key, values), Words.en(key, values));
    }
  }

  /** What the judge found under one rule. */
  record Found(
      String rule,
      Outcome verdict,
      Evidence evidence,
      boolean disputed,
      @Nullable Double value,
      @Nullable Double threshold,
      String unit,
      int samples,
      String from,
      String to,
      Sentence because) {}

  /**
   * One declared value, or that there is none.
   *
   * @param max the largest number it may hold
   */
  record Declared(
      String indicator,
      String zh,
      String en,
      DeclaredIndicator.Kind kind,
      double max,
      @Nullable String value,
      @Nullable String asOf,
      boolean certified) {}

  record NotesView(
      String statement,
      String difference,
      String evidence,
      String measures,
      String person,
      @Nullable String deadline) {}

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    School school = view.school(request.path("code"));
    if (request.viewer().role() == Role.PUBLIC) {
      throw ApiProblem.notYours("self-check sheets; sign in first");
    }
    Sheet now = sheet(request, view, school);
    return now.state().isOpen() ? now : asSubmitted(now);
  }

  /** {@code GET /api/v1/schools/{code}/self-check/content}: what was submitted last. */
  Object content(Request request) {
    View view = district.view(request);
    School school = view.school(request.path("code"));
    if (request.viewer().role() == Role.PUBLIC) {
      throw ApiProblem.notYours("self-check sheets; sign in first");
    }
    String round = SelfChecks.roundOf(view.at());
    return sheets
        .submitted(school.code(), round)
        .map(submitted -> new Content(round, submitted.sha256(), submitted.content()))
        .orElseThrow(() -> ApiProblem.unknown("submitted sheet", "已提交的自查表", round));
  }

  /** From submission on a sheet says what it said then; its way goes on. */
  private Object asSubmitted(Sheet now) {
    SelfChecks.Submitted submitted =
        sheets.submitted(now.head().school(), now.round()).orElseThrow();
    ObjectNode node = SelfCheckContent.read(submitted.content());
    node.set("state", SelfCheckContent.tree(now.state()));
    node.put("mayEdit", false);
    node.set("steps", SelfCheckContent.tree(now.steps()));
    node.set("next", SelfCheckContent.tree(now.next()));
    node.put("kept", true);
    return node;
  }

  /** Whether the caller writes on sheets of schools it sees. */
  static boolean mayEdit(Request request) {
    Role role = request.viewer().role();
    return role == Role.SCHOOL || role.operates();
  }

  Sheet sheet(Request request, View view, School school) {
    String round = SelfChecks.roundOf(view.at());
    return sheet(request, view, school, sheets.of(school.code(), round));
  }

  /** The sheet with what is written on it as it was read before. */
  Sheet sheet(Request request, View view, School school, SelfCheck kept) {
    Map<DeclaredIndicator, DeclaredValue> declared = district.declared(school.code(), view.at());
    List<Verdict> verdicts = view.verdicts(school);
    SelfCheckFacts facts = new SelfCheckFacts(district, view, school);
    List<Item> items = new ArrayList<>();
    for (SelfCheckItem item : SelfCheckItem.values()) {
      items.add(item(view, item, verdicts, declared, facts, kept.rows().get(item)));
    }
    return new Sheet(
        head(view, school, declared),
        kept.round(),
        view.at().toString(),
        view.profile().id(),
        view.profile().version(),
        kept.state(),
        kept.state().isOpen() && mayEdit(request),
        kept.account(),
        Times.text(kept.changed()),
        items,
        kept.steps().stream().map(SelfCheckCall::step).toList(),
        next(request, kept),
        false);
  }

  private static StepView step(SelfCheck.Step step) {
    return new StepView(
        step.state(), step.account(), Times.known(step.at()), step.text(), step.sha256());
  }

  /** A sheet of a past round can be reviewed; it is too late to submit it. */
  private Set<SelfCheck.State> next(Request request, SelfCheck kept) {
    boolean past = !kept.round().equals(SelfChecks.roundOf(district.asOf()));
    if (kept.changed() == null || (past && kept.state().isOpen())) {
      return Set.of();
    }
    return Reviewers.steps(request.viewer(), district.register(district.asOf()), kept.state());
  }

  private static Head head(
      View view, School school, Map<DeclaredIndicator, DeclaredValue> declared) {
    Region region = view.regionOf(school);
    DeclaredValue teachers = declared.get(DeclaredIndicator.TEACHERS_45_MULTIMEDIA);
    return new Head(
        school.code(),
        school.name(),
        school.nameEn(),
        region.name(),
        region.nameEn(),
        school.stage(),
        school.ownership(),
        school.tier(),
        school.students(),
        school.classes(),
        school.teachers(),
        teachers != null && teachers.amount() instanceof Amount.Pair pair ? pair.whole() : null);
  }

  private static Item item(
      View view,
      SelfCheckItem item,
      List<Verdict> verdicts,
      Map<DeclaredIndicator, DeclaredValue> declared,
      SelfCheckFacts facts,
      SelfCheck.@Nullable Row row) {
    List<Verdict> its =
        verdicts.stream()
            .filter(verdict -> verdict.outcome() != Outcome.NOT_APPLICABLE)
            .filter(verdict -> isOf(view.profile().rule(verdict.rule()), item))
            .toList();
    Notes notes = row == null ? Notes.NONE : row.notes();
    String key = "self." + item.id();
    return new Item(
        item,
        item.number(),
        Words.zh(key),
        Words.en(key),
        Sentence.of(key + ".required"),
        Sentence.of(key + ".evidence"),
        its.stream().map(SelfCheckCall::found).toList(),
        facts.measured(item, !its.isEmpty()),
        facts.registered(item),
        item.declared().stream().map(each -> declared(each, declared.get(each))).toList(),
        item.isStated(),
        worst(its),
        new NotesView(
            notes.statement(),
            notes.difference(),
            notes.evidence(),
            notes.measures(),
            notes.person(),
            notes.deadline() == null ? null : notes.deadline().toString()),
        row == null ? null : row.account(),
        row == null ? null : Times.known(row.changed()));
  }

  private static boolean isOf(@Nullable Rule rule, SelfCheckItem item) {
    return rule != null && rule.level() == Rule.Level.SCHOOL && item.holds(rule);
  }

  /** An item without rules is neither met nor not met. */
  private static @Nullable Outcome worst(List<Verdict> verdicts) {
    for (Outcome outcome : WORST_FIRST) {
      if (verdicts.stream().anyMatch(verdict -> verdict.outcome() == outcome)) {
        return outcome;
      }
    }
    return null;
  }

  private static Found found(Verdict verdict) {
    return new Found(
        verdict.rule(),
        verdict.outcome(),
        verdict.evidence(),
        verdict.disputed(),
        verdict.value(),
        verdict.threshold(),
        verdict.unit(),
        verdict.samples(),
        verdict.from().toString(),
        verdict.to().toString(),
        new Sentence(
            ReasonText.in(Locale.SIMPLIFIED_CHINESE).text(verdict.because().get(0)),
            ReasonText.in(Locale.ENGLISH).text(verdict.because().get(0))));
  }

  private static Declared declared(DeclaredIndicator indicator, @Nullable DeclaredValue value) {
    return new Declared(
        indicator.id(),
        indicator.title(Locale.CHINESE),
        indicator.title(Locale.ENGLISH),
        indicator.kind(),
        indicator.max(),
        value == null ? null : value.amount().text(),
        value == null ? null : value.asOf().toString(),
        value != null && value.grade() == DeclaredValue.Grade.CERTIFIED);
  }
}

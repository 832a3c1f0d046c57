package org.rollcall.collector.profile;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.Plan.Point;
import org.rollcall.collector.profile.Profile.Parent;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

/**
 * Makes profiles out of texts, each once, with everything they inherit; notes what is wrong with
 * each. One thread.
 */
final class Resolution {
  /** What came of one text. */
  private record Outcome(@Nullable Profile profile, List<Problem> problems, boolean parentsFault) {}

  private final Function<String, @Nullable String> textOf;
  private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
  private final Set<String> open = new LinkedHashSet<>();

  /**
   * @param textOf the text of a profile by its id; null when there is none
   */
  Resolution(Function<String, @Nullable String> textOf) {
    this.textOf = textOf;
  }

  /** The profile; null when there is none or it is bad. */
  @Nullable Profile profile(String id) {
    return outcome(id).profile();
  }

  /** What is wrong with it. */
  List<Problem> problems(String id) {
    return outcome(id).problems();
  }

  /** Whether nothing is wrong with it but that its parent is bad. */
  boolean parentsFault(String id) {
    return outcome(id).parentsFault();
  }

  /** The file as it is written, without what it inherits. */
  static ProfileFile written(String id, String text) throws SettingsException {
    return SettingsReader.read(id + ".yaml", text, Path.of(""), ProfileFile.class);
  }

  /** Everything looked at so far, with its ancestors. */
  Set<String> seen() {
    return outcomes.keySet();
  }

  private Outcome outcome(String id) {
    Outcome known = outcomes.get(id);
    if (known != null) {
      return known;
    }
    open.add(id);
    Outcome made = resolve(id);
    open.remove(id);
    outcomes.put(id, made);
    return made;
  }

  private Outcome resolve(String id) {
    String text = textOf.apply(id);
    if (text == null) {
      Problem none =
          new Problem("(file)", id + ".yaml", "there is no such file", "put it into the folder");
      return new Outcome(null, List.of(none), false);
    }
    ProfileFile file;
    try {
      file = written(id, text);
    } catch (SettingsException e) {
      return new Outcome(null, e.problems(), false);
    }
    Findings findings = new Findings();
    head(id, file, findings);
    Profile parent = null;
    String inherits = file.inherits();
    if (inherits != null) {
      int before = findings.size();
      parent = parent(file, inherits, findings);
      if (parent == null) {
        boolean parentsFault = findings.size() == before + 1 && fault(inherits);
        plan(file.plan(), findings);
        return new Outcome(null, findings.list(), parentsFault && before == 0);
      }
    }
    Profile profile = make(file, parent, findings);
    return findings.size() > 0
        ? new Outcome(null, findings.list(), false)
        : new Outcome(profile, List.of(), false);
  }

  /** Whether the parent is there, and bad itself. */
  private boolean fault(String inherits) {
    return !open.contains(inherits) && textOf.apply(inherits) != null;
  }

  private static void head(String id, ProfileFile file, Findings findings) {
    RuleCheck.name("id", file.id(), findings);
    if (!file.id().equals(id)) {
      findings.add("id", file.id(), "the file is called " + id + ".yaml", "call both the same");
    }
    if (file.version().isBlank()) {
      findings.add("version", "(empty)", "it is empty", "verdicts name it; e.g. \"1\"");
    }
    if (file.base() && !file.rules().isEmpty()) {
      findings.add(
          "rules", file.rules().size(), "a base holds no rule", "remove base or the rules");
    }
    if (file.inherits() == null && file.inheritsVersion() != null) {
      findings.add(
          "inheritsVersion", file.inheritsVersion(), "nothing is inherited", "set inherits");
    }
  }

  private @Nullable Profile parent(ProfileFile file, String inherits, Findings findings) {
    if (open.contains(inherits)) {
      List<String> ring = new ArrayList<>(open);
      ring = ring.subList(ring.indexOf(inherits), ring.size());
      findings.add(
          "inherits",
          inherits,
          "it leads back to itself: " + String.join(" < ", ring) + " < " + inherits,
          "one of them must stand on its own");
      return null;
    }
    if (textOf.apply(inherits) == null) {
      findings.add(
          "inherits",
          inherits,
          "there is no such profile",
          "put " + inherits + ".yaml into the same folder");
      return null;
    }
    Profile parent = profile(inherits);
    if (parent == null) {
      findings.add("inherits", inherits, "it cannot be used itself", "mend it first");
      return null;
    }
    String wanted = file.inheritsVersion();
    if (wanted != null && !wanted.equals(parent.version())) {
      findings.add(
          "inheritsVersion",
          wanted,
          inherits + " has version " + parent.version(),
          "look what changed there, then write " + parent.version() + " and a new version of this");
    }
    return parent;
  }

  private static @Nullable Profile make(
      ProfileFile file, @Nullable Profile parent, Findings findings) {
    RuleReading reading = new RuleReading(file, parent, findings);
    List<Rule> rules = List.copyOf(reading.read().values());
    new RuleCheck(rules, reading.places(), findings).check();
    if (rules.isEmpty() && file.rules().isEmpty() && !file.base()) {
      findings.add("rules", "[]", "there is no rule", "give at least one, or mark it base: true");
    }
    Parameters parameters = new ParameterReading(file, parent, findings).read();
    plan(file.plan(), findings);
    if (parameters == null) {
      return null;
    }
    List<Parent> parents = new ArrayList<>();
    if (parent != null) {
      parents.add(new Parent(parent.id(), parent.version()));
      parents.addAll(parent.parents());
    }
    Plan plan = file.plan();
    return new Profile(
        file.id(),
        file.version(),
        parents,
        file.base(),
        file.title(),
        file.titleEn(),
        file.issued(),
        file.source(),
        file.sourceEn(),
        rules,
        parameters,
        plan == null && parent != null ? parent.plan() : plan);
  }

  private static void plan(@Nullable Plan plan, Findings findings) {
    if (plan == null) {
      return;
    }
    if (plan.points().isEmpty()) {
      findings.add("plan.points", "[]", "there is no point", "give at least one");
    }
    if (plan.source().isBlank() || plan.sourceEn().isBlank()) {
      findings.add("plan.source", "(empty)", "it is empty", "say where the schedule stands");
    }
    LocalDate last = LocalDate.MIN;
    int percent = 0;
    for (int i = 0; i < plan.points().size(); i++) {
      Point point = plan.points().get(i);
      String at = "plan.points[" + i + "]";
      if (!point.by().isAfter(last)) {
        findings.add(at + ".by", point.by(), "it is not after the point before", "order by date");
      }
      if (point.percent() <= percent) {
        findings.add(
            at + ".percent",
            point.percent(),
            "it is not above " + percent,
            "shares are cumulative and rise");
      }
      if (point.percent() > 100) {
        findings.add(at + ".percent", point.percent(), "it is above 100", "at most 100");
      }
      last = point.by();
      percent = Math.max(percent, point.percent());
    }
  }
}

package org.rollcall.collector.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.ProfileFile.RuleFile;
import org.rollcall.collector.profile.Rule.AppliesTo;
import org.rollcall.collector.profile.Rule.Level;
import org.rollcall.collector.profile.Rule.Origin;
import org.rollcall.collector.profile.Rule.Tightening;

/**
 * Makes the rules of a profile out of what its file says and what its parent has. One use, one
 * thread.
 */
final class RuleReading {
  private final ProfileFile file;
  private final @Nullable Profile parent;
  private final Findings findings;
  private final Map<String, Rule> rules = new LinkedHashMap<>();

  /** Where each rule that the file itself holds stands in it. */
  private final Map<String, String> places = new LinkedHashMap<>();

  RuleReading(ProfileFile file, @Nullable Profile parent, Findings findings) {
    this.file = file;
    this.parent = parent;
    this.findings = findings;
  }

  /** All rules by id, the inherited ones first; what is wrong with one keeps it out. */
  Map<String, Rule> read() {
    if (parent != null) {
      parent.rules().forEach(rule -> rules.put(rule.id(), rule));
    }
    for (int i = 0; i < file.rules().size(); i++) {
      RuleFile written = file.rules().get(i);
      String at = "rules[" + i + "]";
      if (places.putIfAbsent(written.id(), at) != null) {
        findings.add(
            at + ".id", written.id(), "another rule has this id", "give each rule its own");
        continue;
      }
      Rule inherited = parent == null ? null : parent.rule(written.id());
      Rule rule = inherited == null ? whole(at, written) : tightened(at, written, inherited);
      if (rule != null) {
        rules.put(rule.id(), rule);
      }
    }
    return rules;
  }

  Map<String, String> places() {
    return places;
  }

  private @Nullable Rule whole(String at, RuleFile written) {
    Indicator indicator = written.indicator();
    String title = written.title();
    String titleEn = written.titleEn();
    String article = written.article();
    String articleEn = written.articleEn();
    must(at + ".indicator", indicator, "say what the rule asks about");
    must(at + ".title", title, "say in Chinese what it asks");
    must(at + ".titleEn", titleEn, "say in English what it asks");
    must(at + ".article", article, "say where the policy says it");
    must(at + ".articleEn", articleEn, "say in English where the policy says it");
    if (written.reason() != null || written.reasonEn() != null) {
      findings.add(
          at + ".reason",
          written.id(),
          "no inherited rule has this id, so nothing is tightened",
          "correct the id, or remove the reason");
    }
    if (indicator == null
        || title == null
        || titleEn == null
        || article == null
        || articleEn == null) {
      return null;
    }
    AppliesTo appliesTo = written.appliesTo();
    Level level = written.level();
    return new Rule(
        written.id(),
        indicator,
        written.of(),
        level == null ? Level.SCHOOL : level,
        appliesTo == null ? AppliesTo.ANY : appliesTo,
        title,
        titleEn,
        article,
        articleEn,
        written.quote(),
        written.target(),
        Boolean.TRUE.equals(written.targetDefault()),
        written.schoolsPercent(),
        written.floorOf(),
        written.note(),
        written.noteEn(),
        new Origin(file.id(), file.version(), null));
  }

  private void must(String path, @Nullable Object value, String hint) {
    if (value == null) {
      findings.add(path, "(missing)", "it must be set", hint);
    }
  }

  private @Nullable Rule tightened(String at, RuleFile written, Rule inherited) {
    int before = findings.size();
    fixed(at + ".indicator", written.indicator(), inherited.indicator());
    fixed(at + ".of", written.of(), inherited.of());
    fixed(at + ".level", written.level(), inherited.level());
    fixed(at + ".floorOf", written.floorOf(), inherited.floorOf());
    must(at + ".reason", written.reason(), "say in Chinese why more is asked");
    must(at + ".reasonEn", written.reasonEn(), "say in English why more is asked");
    Target wanted = written.target();
    Target target = wanted == null ? inherited.target() : wanted.over(inherited.target());
    boolean otherNumber =
        (target != null && !target.equals(inherited.target())) || written.schoolsPercent() != null;
    boolean ours =
        written.targetDefault() == null
            ? inherited.targetDefault() && wanted == null
            : written.targetDefault();
    if (otherNumber && !ours && (written.article() == null || written.articleEn() == null)) {
      findings.add(
          at + ".article",
          "(missing)",
          "the number is no longer the one of " + inherited.article(),
          "say where it stands, in article and articleEn, or mark it targetDefault: true");
    }
    AppliesTo appliesTo = written.appliesTo();
    Rule rule =
        new Rule(
            inherited.id(),
            inherited.indicator(),
            inherited.of(),
            inherited.level(),
            appliesTo == null ? inherited.appliesTo() : appliesTo,
            or(written.title(), inherited.title()),
            or(written.titleEn(), inherited.titleEn()),
            or(written.article(), inherited.article()),
            or(written.articleEn(), inherited.articleEn()),
            written.quote() == null ? inherited.quote() : written.quote(),
            target,
            ours,
            written.schoolsPercent() == null
                ? inherited.schoolsPercent()
                : written.schoolsPercent(),
            inherited.floorOf(),
            written.note() == null ? inherited.note() : written.note(),
            written.noteEn() == null ? inherited.noteEn() : written.noteEn(),
            new Origin(
                file.id(),
                file.version(),
                new Tightening(inherited, or(written.reason(), ""), or(written.reasonEn(), ""))));
    if (parent == null) {
      throw new IllegalStateException("BUG: the rule " + written.id() + " has no parent");
    }
    new LooserThan(at, inherited, rule, parent, findings).check();
    return findings.size() > before ? null : rule;
  }

  private void fixed(String path, @Nullable Object value, @Nullable Object inherited) {
    if (value != null && !value.equals(inherited)) {
      findings.add(
          path,
          Target.text(value),
          "an inherited rule keeps what it asks about",
          "remove it, or give the rule an id of its own");
    }
  }

  private static String or(@Nullable String one, String other) {
    return one == null ? other : one;
  }
}

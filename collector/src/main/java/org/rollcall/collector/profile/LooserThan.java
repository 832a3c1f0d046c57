package org.rollcall.collector.profile;

import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.Target.Field;
import org.rollcall.collector.profile.Target.Network;

/**
 * Finds where a rule asks less than the inherited one, or nothing more. A target that is ours may
 * be set anew by anyone: there is no policy to fall below.
 */
final class LooserThan {
  private final String at;
  private final Rule inherited;
  private final Rule rule;
  private final Profile parent;
  private final Findings findings;
  private boolean changed;

  LooserThan(String at, Rule inherited, Rule rule, Profile parent, Findings findings) {
    this.at = at;
    this.inherited = inherited;
    this.rule = rule;
    this.parent = parent;
    this.findings = findings;
  }

  void check() {
    int before = findings.size();
    target();
    schoolsPercent();
    schools();
    if (!changed && findings.size() == before) {
      findings.add(
          at,
          rule.id(),
          "it asks the same as " + where(),
          "ask more, or leave the rule out: it is inherited");
    }
  }

  /** The profile and the article of the inherited rule. */
  private String where() {
    return inherited.origin().profile() + ", " + inherited.article();
  }

  private void target() {
    Target now = rule.target();
    Target was = inherited.target();
    if (now == null || now.equals(was)) {
      return;
    }
    changed = true;
    if (was == null || inherited.targetDefault()) {
      return;
    }
    for (Field field : Field.values()) {
      Object one = now.get(field);
      Object than = was.get(field);
      if (one != null && than != null && !one.equals(than) && !tighter(field, one, than)) {
        looser(at + ".target." + field.word(), Target.text(one), Target.text(than));
      }
    }
  }

  private static boolean tighter(Field field, Object one, Object than) {
    return switch (field) {
      case MBPS, PERCENT, AT_LEAST -> ((Double) one) > ((Double) than);
      case AT_MOST -> ((Double) one) < ((Double) than);
      // The provincial network has its own way out to the internet.
      case NETWORK -> one == Network.PROVINCIAL_EDU && than == Network.INTERNET;
      case MEDIUM, YES -> false;
    };
  }

  private void schoolsPercent() {
    Double now = rule.schoolsPercent();
    Double was = inherited.schoolsPercent();
    if (now == null || now.equals(was)) {
      return;
    }
    changed = true;
    double asked = was == null ? parent.parameters().basicallyPercent().value() : was;
    if (now < asked) {
      looser(at + ".schoolsPercent", Target.text(now), Target.text(asked));
    }
  }

  private void schools() {
    if (rule.appliesTo().equals(inherited.appliesTo())) {
      return;
    }
    changed = true;
    if (!rule.appliesTo().covers(inherited.appliesTo())) {
      findings.add(
          at + ".appliesTo",
          rule.id(),
          "it leaves out schools of which " + where() + " speaks",
          "name at least the schools that are inherited");
    }
  }

  private void looser(String path, String now, @Nullable String was) {
    findings.add(
        path,
        now,
        rule.id() + " would ask less than the " + was + " of " + where(),
        "a profile may only tighten what it inherits");
  }
}

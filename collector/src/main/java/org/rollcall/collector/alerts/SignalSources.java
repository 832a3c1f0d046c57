package org.rollcall.collector.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.intake.IntakeCounts;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.judge.Verdicts;
import org.rollcall.collector.milestones.Milestones;
import org.rollcall.collector.problems.ProblemDesk;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.profile.Target;
import org.rollcall.collector.pulse.Pulse;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;

/** Everything that signals come from. The alerts' thread. */
public final class SignalSources implements AlertDesk.Supply {
  private static final double BITS_PER_MBPS = 1_000_000;

  private final Parts parts;
  private final CauseSignals causes;
  private final LiveSignals live;
  private final OwnSignals own = new OwnSignals();
  private final DaySignals days;
  private final PaperSignals paper;
  private final StandingSignals standing;

  /**
   * What is asked.
   *
   * @param profile the one that pages show first
   */
  public record Parts(
      ProblemDesk causes,
      Pulse pulse,
      Agents agents,
      Registry registry,
      SchoolDays days,
      DeclaredValues declared,
      Verdicts verdicts,
      Milestones milestones,
      Supplier<Board> board,
      Supplier<Profile> profile,
      Supplier<IntakeCounts> intake) {}

  public SignalSources(Parts parts) {
    this.parts = parts;
    this.causes = new CauseSignals(parts.pulse());
    this.live = new LiveSignals(parts.agents(), parts.pulse());
    this.days = new DaySignals(parts.days(), parts.registry());
    this.paper = new PaperSignals(parts.declared(), parts.milestones());
    this.standing = new StandingSignals(parts.declared(), parts.verdicts());
  }

  @Override
  public List<Signal> signals(Register register, SchoolCalendars calendars, Instant now) {
    if (register.sites().isEmpty()) {
      return List.of();
    }
    Profile profile = parts.profile().get();
    Region root = register.root();
    List<Signal> signals = new ArrayList<>();
    signals.addAll(own.of(parts.intake().get(), root == null ? "" : root.code(), now));
    signals.addAll(causes.of(parts.causes().causes(), now));
    signals.addAll(live.of(register, now));
    signals.addAll(
        days.of(register, calendars, code -> lineTarget(profile, register.school(code)), now));
    signals.addAll(paper.of(register, now));
    signals.addAll(standing.of(register, profile, parts.board().get(), now));
    return signals;
  }

  /** What the profile asks of the school's line, with its allowance for tests; in bit/s. */
  private static @Nullable Double lineTarget(Profile profile, @Nullable School school) {
    if (school == null) {
      return null;
    }
    for (Rule rule : profile.headline()) {
      Target target = rule.target();
      if (rule.indicator() == Indicator.SCHOOL_LINK
          && rule.speaksOf(school)
          && target != null
          && target.mbps() != null) {
        return target.mbps() * profile.parameters().throughputAllowance().value() * BITS_PER_MBPS;
      }
    }
    return null;
  }
}

package org.rollcall.collector.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that people are to know of, from when it was first bad to its end.
 *
 * @param id a number of its own for each time it happens
 * @param told who was told what, oldest first
 * @param evidence how it is known what it was, as {@link AlertText} says it; empty: not yet
 */
public record Alert(
    long id,
    About about,
    State state,
    Times times,
    Weight weight,
    Damping damping,
    List<Told> told,
    String evidence) {

  /** How far it is. That somebody has taken it on stands beside it, see {@link Ack}. */
  public enum State {
    /** Bad, and not yet for long enough. */
    PENDING,
    FIRING,
    /** Good again for long enough. */
    RESOLVED
  }

  /**
   * What it is about.
   *
   * @param rule id of the rule that made it
   * @param key of the signal
   */
  public record About(
      String rule,
      SignalKind kind,
      String key,
      String region,
      List<String> schools,
      String subject,
      Map<String, String> params) {
    public About {
      schools = List.copyOf(schools);
      params = Map.copyOf(params);
    }

    static About of(AlertRule rule, Signal signal) {
      return new About(
          rule.id(),
          signal.kind(),
          signal.key(),
          signal.region(),
          signal.schools(),
          signal.subject(),
          signal.params());
    }
  }

  /**
   * When what happened.
   *
   * @param since when it began, as far as it is known
   * @param raised when a round first saw it bad
   * @param fired when it became an alert; null while it is pending
   * @param good since when it has been good; null while it is not
   * @param ended when it was over: when it became good; null while it is not
   */
  public record Times(
      Instant since,
      Instant raised,
      @Nullable Instant fired,
      @Nullable Instant good,
      @Nullable Instant ended) {}

  /**
   * How heavy it is; what it was at its last bad look.
   *
   * @param value of the signal
   * @param classes whose lessons are affected
   * @param impact lesson minutes lost since Monday times classes
   */
  public record Weight(double value, int classes, long impact) {
    static Weight of(Signal signal) {
      return new Weight(signal.value(), signal.classes(), signal.impact());
    }
  }

  /**
   * What keeps people from being told.
   *
   * @param turns when it became bad again, of the last hour
   * @param unsteady whether it turned so often that it must stay good for longer
   * @param heldBy key of what it stands behind; null when it stands behind nothing
   * @param planned whether it is in a maintenance window
   */
  public record Damping(
      List<Instant> turns, boolean unsteady, @Nullable String heldBy, boolean planned) {
    static final Damping NONE = new Damping(List.of(), false, null, false);

    public Damping {
      turns = List.copyOf(turns);
    }
  }

  /**
   * That somebody was told.
   *
   * @param step what: a step of the way, {@link #AGAIN} or {@link #END}
   * @param channels by which
   * @param people ids of people; may be empty where a channel is a group
   */
  public record Told(int step, List<String> channels, List<String> people, Instant at) {
    /** An acknowledgement ran out. */
    public static final int AGAIN = -1;

    /** It is over. */
    public static final int END = -2;

    public Told {
      channels = List.copyOf(channels);
      people = List.copyOf(people);
    }
  }

  public Alert {
    told = List.copyOf(told);
  }

  /** Not over. */
  public boolean isOpen() {
    return state != State.RESOLVED;
  }

  /** Whether anybody was told that it is on. */
  boolean wasTold() {
    return !told.isEmpty();
  }

  /** Whether those who were told are still to hear that it is over. */
  boolean owesEnd() {
    return state == State.RESOLVED
        && wasTold()
        && told.stream().noneMatch(each -> each.step() == Told.END);
  }

  Alert with(Told one) {
    List<Told> all = new ArrayList<>(told);
    all.add(one);
    return new Alert(id, about, state, times, weight, damping, all, evidence);
  }

  Alert with(State now, Times when) {
    return new Alert(id, about, now, when, weight, damping, told, evidence);
  }

  Alert with(Damping how) {
    return new Alert(id, about, state, times, weight, how, told, evidence);
  }

  Alert withEvidence(String known) {
    return new Alert(id, about, state, times, weight, damping, told, known);
  }

  /** The same as the signal has it now. */
  Alert seen(Signal signal) {
    Times so = times;
    if (signal.since().isBefore(so.since())) {
      so = new Times(signal.since(), so.raised(), so.fired(), so.good(), so.ended());
    }
    About now =
        new About(
            about.rule(),
            about.kind(),
            about.key(),
            signal.region(),
            signal.schools(),
            signal.subject(),
            signal.params());
    return new Alert(id, now, state, so, Weight.of(signal), damping, told, evidence);
  }
}

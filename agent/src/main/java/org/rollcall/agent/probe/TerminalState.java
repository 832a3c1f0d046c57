package org.rollcall.agent.probe;

import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Observation;

/**
 * What a terminal, a PC or a projector is found to be. On the wire it is the measure {@value
 * #MEASURE} with a number, beside {@code up}, which is 1 where the machine is there and works: on
 * or standing by.
 */
public enum TerminalState {
  /** In use, or ready for it. */
  ON(1, true),
  /** Switched off so that it still answers. */
  STANDBY(2, true),
  /** Known to be switched off: by somebody else than itself, such as the switch port. */
  OFF(3, false),
  /** It answers that something in it is broken. */
  FAULT(4, false),
  /** It does not answer: off, unplugged or cut off. Outside lessons that is nobody's fault. */
  UNREACHABLE(5, false);

  /** Name of the measure that holds {@link #number}. */
  public static final String MEASURE = "state";

  private final int number;
  private final boolean up;

  TerminalState(int number, boolean up) {
    this.number = number;
    this.up = up;
  }

  /** 1 to 5; never given to another state. */
  public int number() {
    return number;
  }

  public boolean up() {
    return up;
  }

  /**
   * Puts {@code up} into the observation, and where its subject is a terminal, a PC or a projector
   * {@code state} too: {@link #ON} or {@link #UNREACHABLE}. For whoever sees only whether it
   * answers.
   */
  public static Observation.Builder answering(Observation.Builder observation, boolean answers) {
    return switch (Subject.kind(observation.getSubject())) {
      case "terminal", "pc", "projector" -> (answers ? ON : UNREACHABLE).tell(observation);
      default -> observation.putMeasures("up", answers ? 1 : 0);
    };
  }

  /** Puts {@code state} and {@code up} into the observation. */
  public Observation.Builder tell(Observation.Builder observation) {
    return observation.putMeasures(MEASURE, number).putMeasures("up", up ? 1 : 0);
  }
}

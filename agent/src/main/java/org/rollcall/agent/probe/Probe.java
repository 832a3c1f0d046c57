package org.rollcall.agent.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.rollcall.protocol.v1.Observation;

/**
 * One way of looking at one or more subjects.
 *
 * <p>A look always ends in observations: with measures, or with a reason why they are missing. A
 * device that does not answer, answers nonsense or is not there is an expected outcome. A new kind
 * of probe is a new package with a {@link ProbeFamily}, and one line where the families are listed.
 */
public interface Probe {

  /** Whom this probe speaks of; never empty, never changing. */
  List<String> subjects();

  /** Time between two looks. */
  Duration interval();

  /**
   * Starts one look and returns at once; never blocks. The stage completes on a thread of the
   * probe's own, within a time the probe bounds, and not exceptionally. The schedule never starts a
   * second look before the first has ended.
   *
   * @param now when the look starts
   */
  CompletionStage<List<Observation>> run(Instant now);
}

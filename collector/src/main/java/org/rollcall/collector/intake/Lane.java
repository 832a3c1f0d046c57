package org.rollcall.collector.intake;

import java.util.List;

/**
 * Where the outcomes of one connection's reports go. Called on the intake's writer thread or, for
 * what is refused at once, on the submitting thread: it must hand over and return.
 */
public interface Lane {

  /** Outcomes of one stored batch, or of one report refused at once; in order of submission. */
  void settled(List<Reply> replies);

  /** The queue has room again, after {@link Intake#submit} asked for a pause. */
  void resume();
}

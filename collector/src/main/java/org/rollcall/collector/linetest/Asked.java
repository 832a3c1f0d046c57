package org.rollcall.collector.linetest;

/** What came of asking for a test of a line now. */
public enum Asked {
  /** The agent was told; what comes of it is an observation of {@code throughput:LINE}. */
  TOLD,
  /** Another test runs on a link that this line shares, or this collector's own line is taken. */
  BUSY,
  /** The line was tested less than {@link LineTests#ASKED_APART} ago because somebody asked. */
  TOO_SOON,
  /** The school has an agent of ours, and it is not connected now. */
  AGENT_AWAY,
  /** The school has no agent of ours. */
  NO_AGENT,
  /** No target says which rate the line must prove, or the school has no line of that name. */
  NO_TARGET,
  /** The server's settings switch line tests off. */
  OFF
}

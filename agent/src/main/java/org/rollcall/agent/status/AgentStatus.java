package org.rollcall.agent.status;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an agent is now.
 *
 * @param agent its name
 * @param school code and name of the school it reports for
 * @param server where the collector is
 * @param connectedSince null: it is not connected
 * @param notConnectedBecause for a person; empty when it is connected, or has not tried yet
 * @param spoolReports reports that wait to be acknowledged
 * @param spoolBytes what their files take
 * @param spoolProblem why the disk takes no reports, so that they are lost; null: it takes them
 * @param clockSkewSeconds how far this machine's clock is ahead of the collector's; null: not known
 * @param configRevision the pushed configuration that holds; 0: none
 * @param configProblem why the last pushed one was refused; null: it was not
 * @param residentBytes of the process; null: not known
 * @param looks everybody who is looked at, by subject
 */
public record AgentStatus(
    String agent,
    String school,
    String server,
    long uptimeSeconds,
    @Nullable Instant connectedSince,
    String notConnectedBecause,
    long spoolReports,
    long spoolBytes,
    @Nullable String spoolProblem,
    @Nullable Double clockSkewSeconds,
    long configRevision,
    @Nullable String configProblem,
    @Nullable Long residentBytes,
    List<Look> looks) {
  public AgentStatus {
    looks = List.copyOf(looks);
  }

  /**
   * The newest of one subject.
   *
   * @param seen null: not looked at yet
   * @param up null: not told
   * @param reason code of why something is missing; empty: nothing is
   */
  public record Look(String subject, @Nullable Instant seen, @Nullable Boolean up, String reason) {}
}

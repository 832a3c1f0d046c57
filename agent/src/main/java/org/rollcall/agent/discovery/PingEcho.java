package org.rollcall.agent.discovery;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.rollcall.agent.reach.ping.PingProgram;
import org.rollcall.agent.reach.ping.PingProgram.NoPingException;

/**
 * Echo requests through the system's ping: one, waited for a second. Without such a program nobody
 * answers.
 */
public final class PingEcho implements Echo {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final PingProgram ping;

  /**
   * @param ping stays the caller's
   */
  public PingEcho(PingProgram ping) {
    this.ping = ping;
  }

  @Override
  public CompletionStage<Boolean> answers(InetAddress address) {
    return ping.inTurn(() -> look(address), () -> false);
  }

  /** Exit code 0: at least one answer came; the same for every ping. */
  private boolean look(InetAddress address) {
    List<String> arguments = List.of("-q", "-c", "1", "-W", "1", address.getHostAddress());
    try {
      return ping.run(arguments, PATIENCE).exit() == 0;
    } catch (NoPingException none) {
      return false; // said in the log by the program's keeper
    }
  }
}

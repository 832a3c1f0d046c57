package org.rollcall.agent.snmp;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A host's uptime in seconds, past the 497.1 days at which its 32-bit tick counter starts anew.
 *
 * <p>A wrap seen happening is told from a restart by the agent's clock. A wrap before the agent
 * first looked is known only where the device also tells snmpEngineTime, which counts seconds and
 * does not wrap.
 */
final class Uptime {

  private static final long ENGINE_AGREES_TICKS = 12_000;

  private long wraps;
  private long ticks;
  private @Nullable Instant at;

  /**
   * The uptime this answer tells.
   *
   * @param nowTicks hrSystemUptime or sysUpTime, 1/100 s
   * @param engineSeconds snmpEngineTime, null when not told
   */
  double seconds(Instant now, long nowTicks, @Nullable Long engineSeconds) {
    Instant before = at;
    if (before == null) {
      wraps = wrapsByEngine(nowTicks, engineSeconds);
    } else if (nowTicks < ticks) {
      long wall = Duration.between(before, now).toMillis() / 10;
      boolean wrapped = CounterRate.faultOfTime(ticks, nowTicks, wall) == null;
      wraps = wrapped ? wraps + 1 : wrapsByEngine(nowTicks, engineSeconds);
    }
    at = now;
    ticks = nowTicks;
    return (wraps * CounterRate.TICKS_PER_WRAP + nowTicks) / 100.0;
  }

  /**
   * How often the tick counter wrapped, if the engine's clock confirms it to within two minutes;
   * else 0.
   */
  private static long wrapsByEngine(long ticks, @Nullable Long engineSeconds) {
    if (engineSeconds == null) {
      return 0;
    }
    long wraps = Math.round((engineSeconds * 100.0 - ticks) / CounterRate.TICKS_PER_WRAP);
    long off = engineSeconds * 100 - (wraps * CounterRate.TICKS_PER_WRAP + ticks);
    return wraps > 0 && Math.abs(off) <= ENGINE_AGREES_TICKS ? wraps : 0;
  }
}

package org.rollcall.agent.throughput;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Observation;

/**
 * How much of each line was in use when its SNMP probe last looked. As many entries as there are
 * lines. Any thread.
 */
public final class LineUse {
  private static final String LINK = "link:";

  /** What is older says nothing of now. Project default: five looks of a minute. */
  static final long KEPT_MILLIS = 5 * 60_000L;

  private final Map<String, Look> newest = new ConcurrentHashMap<>(4);

  /**
   * @param bitsPerSecond of the busier direction
   * @param portBitsPerSecond 0 when not known
   */
  private record Look(long timeMillis, double bitsPerSecond, double portBitsPerSecond) {}

  /** Looks at every observation the agent makes and keeps what tells of a line's rates. */
  public void note(Observation observation) {
    if (!observation.getSubject().startsWith(LINK)) {
      return;
    }
    double in = observation.getMeasuresOrDefault("inBitsPerSecond", Double.NaN);
    double out = observation.getMeasuresOrDefault("outBitsPerSecond", Double.NaN);
    if (Double.isNaN(in) && Double.isNaN(out)) {
      return;
    }
    double busier = Double.isNaN(in) ? out : Double.isNaN(out) ? in : Math.max(in, out);
    newest.put(
        observation.getSubject().substring(LINK.length()),
        new Look(
            observation.getTimeMillis(),
            busier,
            observation.getMeasuresOrDefault("speedBitsPerSecond", 0)));
  }

  /**
   * The share of a line in use, 0 to 1 and, where a contract is exceeded, more; null when nothing
   * was seen lately.
   *
   * @param contractBitsPerSecond what the line carries where that is less than its port; 0 when not
   *     known
   */
  @Nullable Double share(String line, double contractBitsPerSecond, long nowMillis) {
    Look look = newest.get(line);
    if (look == null || Math.abs(nowMillis - look.timeMillis()) > KEPT_MILLIS) {
      return null;
    }
    double port = look.portBitsPerSecond();
    double capacity =
        contractBitsPerSecond > 0 && port > 0
            ? Math.min(contractBitsPerSecond, port)
            : Math.max(contractBitsPerSecond, port);
    return capacity > 0 ? look.bitsPerSecond() / capacity : null;
  }
}

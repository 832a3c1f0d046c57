package org.rollcall.collector.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Observation;

/**
 * The way from a school to a partner school, as its agent sees it ({@code reach:partner-NAME}). A
 * statistic: nothing of it is judged.
 *
 * @param up by the newest look; null: that told nothing
 * @param reason code of why something is missing; empty: nothing is
 * @param seen when the newest look was
 * @param since the first look from which on all said the same as the newest; null where that told
 *     nothing. Not before the first look that is given
 * @param rttMillis of the newest look: the shortest of three echoes; null: no echo came back
 * @param lossShare of the newest look, 0 to 1; null: no echo was sent
 * @param connectMillis of the newest look; null: nobody connects, or it did not come to be
 * @param lossShareOfDay mean over the looks of the 24 h before the newest, that included; null: no
 *     echo was sent
 */
public record PartnerLine(
    @Nullable Boolean up,
    String reason,
    Instant seen,
    @Nullable Instant since,
    @Nullable Double rttMillis,
    @Nullable Double lossShare,
    @Nullable Double connectMillis,
    @Nullable Double lossShareOfDay) {
  /** What the names of such subjects begin with. */
  public static final String REACH = "reach:partner-";

  /** The same of those that tell which way the traffic takes. */
  public static final String PATH = "path:partner-";

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /**
   * What some looks come to.
   *
   * @param looks of one subject, oldest first, at least one
   */
  public static PartnerLine of(List<Observation> looks) {
    Observation newest = looks.get(looks.size() - 1);
    Boolean up = up(newest);
    Instant since = null;
    for (int i = looks.size() - 1; up != null && i >= 0 && up.equals(up(looks.get(i))); i--) {
      since = Instant.ofEpochMilli(looks.get(i).getTimeMillis());
    }
    return new PartnerLine(
        up,
        newest.getReason(),
        Instant.ofEpochMilli(newest.getTimeMillis()),
        since,
        measure(newest, "rttMillis"),
        measure(newest, "lossShare"),
        measure(newest, "connectMillis"),
        lossOfDay(looks, newest.getTimeMillis()));
  }

  private static @Nullable Double lossOfDay(List<Observation> looks, long newestMillis) {
    double sum = 0;
    int count = 0;
    for (Observation look : looks) {
      Double lost = measure(look, "lossShare");
      if (lost != null && look.getTimeMillis() > newestMillis - DAY_MILLIS) {
        sum += lost;
        count++;
      }
    }
    return count == 0 ? null : Double.valueOf(sum / count);
  }

  private static @Nullable Boolean up(Observation look) {
    Double up = measure(look, "up");
    return up == null ? null : Boolean.valueOf(up > 0);
  }

  private static @Nullable Double measure(Observation look, String name) {
    return look.getMeasuresMap().get(name);
  }
}

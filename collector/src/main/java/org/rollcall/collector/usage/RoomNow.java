package org.rollcall.collector.usage;

import java.util.Map;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Room;
import org.rollcall.protocol.v1.Observation;

/**
 * A computer room as it is at this moment. A computer that is switched off can be used, and a room
 * that is off is nobody's fault; only while at least half of a room is on is a seat that does not
 * answer taken for faulty, as the judge does minute by minute. Of a seat of which nothing is known
 * nothing is claimed: it is counted in neither number.
 *
 * @param registered seats
 * @param on those that answer and are not in standby
 * @param usable those that are on, or off where that is normal
 * @param unknown those of which the newest look told nothing
 */
public record RoomNow(int registered, int on, int usable, int unknown) {
  private static final int STATE_ON = 1;
  private static final int STATE_FAULT = 4;

  /**
   * @param newest the school's newest observations by their subject
   */
  public static RoomNow of(Room room, Map<String, Observation> newest) {
    int on = 0;
    int off = 0;
    int broken = 0;
    for (Device seat : room.pcs()) {
      Observation seen = newest.get(seat.subject());
      double up = seen == null ? -1 : seen.getMeasuresOrDefault("up", -1);
      double state = seen == null ? -1 : seen.getMeasuresOrDefault("state", -1);
      if (state == STATE_FAULT) {
        broken++;
      } else if (state == STATE_ON || (state < 0 && up >= 0.5)) {
        on++;
      } else if (state > 0 || up >= 0) {
        off++;
      }
    }
    int registered = room.pcs().size();
    boolean half = 2 * on >= registered;
    return new RoomNow(registered, on, on + (half ? 0 : off), registered - on - off - broken);
  }
}

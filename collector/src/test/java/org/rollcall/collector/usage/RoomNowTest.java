package org.rollcall.collector.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Room;
import org.rollcall.protocol.v1.Observation;

class RoomNowTest {

  /** A seat's letter: 1 up, 0 down, S standby, F fault, O on by its state, ? without a word. */
  @ParameterizedTest
  @CsvSource({
    "0000, 0, 4, 0",
    "1000, 1, 4, 0",
    "1100, 2, 2, 0",
    "1110, 3, 3, 0",
    "1111, 4, 4, 0",
    "????, 0, 0, 4",
    "1???, 1, 1, 3",
    "OSSS, 1, 4, 0",
    "OOSS, 2, 2, 0",
    "O0F?, 1, 2, 1",
    "00FF, 0, 2, 0"
  })
  void offIsUsableUntilHalfOfTheRoomIsOn(String seats, int on, int usable, int unknown) {
    List<Device> devices = new ArrayList<>();
    Map<String, Observation> newest = new HashMap<>();
    for (int i = 0; i < seats.length(); i++) {
      devices.add(new Device("S", "R", "pc", "p" + i, "192.0.2.1", "snmp"));
      Observation.Builder seen = Observation.newBuilder().setSubject("pc:p" + i);
      switch (seats.charAt(i)) {
        case '0' -> newest.put("pc:p" + i, seen.putMeasures("up", 0).build());
        case '1' -> newest.put("pc:p" + i, seen.putMeasures("up", 1).build());
        case 'O' -> newest.put("pc:p" + i, seen.putMeasures("state", 1).build());
        case 'S' ->
            newest.put("pc:p" + i, seen.putMeasures("state", 2).putMeasures("up", 1).build());
        case 'F' ->
            newest.put("pc:p" + i, seen.putMeasures("state", 4).putMeasures("up", 0).build());
        default -> newest.put("pc:p" + i, seen.setReason("timeout").build());
      }
    }
    assertThat(RoomNow.of(new Room("S", "R", devices), newest))
        .isEqualTo(new RoomNow(seats.length(), on, usable, unknown));
  }
}

package org.rollcall.collector.registry;

import java.util.List;

/**
 * A computer room.
 *
 * @param name the space its devices name
 * @param pcs one a seat; never empty
 */
public record Room(String school, String name, List<Device> pcs) {

  public Room {
    pcs = List.copyOf(pcs);
  }
}

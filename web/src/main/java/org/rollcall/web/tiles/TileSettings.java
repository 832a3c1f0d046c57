package org.rollcall.web.tiles;

import org.rollcall.config.Default;
import org.rollcall.config.Secret;

/**
 * {@code tiles:} in the server's settings: the ground under the map, from Tianditu (天地图). Without
 * it the map is drawn from the register and imported outlines alone.
 *
 * @param key of a server-side application at Tianditu's console
 * @param approval the approval number (审图号) of Tianditu's map, shown on the map
 * @param address where the tiles are
 */
public record TileSettings(
    @Secret String key, String approval, @Default("https://t0.tianditu.gov.cn") String address) {
  public TileSettings {
    if (!key.matches("[0-9A-Za-z]{8,64}")) {
      throw new IllegalArgumentException("key is 8 to 64 letters and digits");
    }
    if (approval.isBlank()) {
      throw new IllegalArgumentException(
          "approval may not be empty: a published map shows its approval number");
    }
    if (!address.matches("https://[^/?#]+|http://(localhost|127[.]0[.]0[.]1)(:[0-9]+)?")) {
      throw new IllegalArgumentException(
          "address is https://HOST without a path; http for this machine");
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "tiles of " + address;
  }
}

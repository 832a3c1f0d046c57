package org.rollcall.web.tiles;

import org.jspecify.annotations.Nullable;

/**
 * One square of the ground, as Web Mercator cuts the world.
 *
 * @param layer the ground itself or its names
 * @param zoom 1 to 18
 * @param x column from the west, 0 to 2^zoom - 1
 * @param y row from the north, 0 to 2^zoom - 1
 */
record Tile(Layer layer, int zoom, int x, int y) {
  /** What Tianditu draws of a square. */
  enum Layer {
    /** 矢量底图. */
    VEC,
    /** 矢量注记. */
    CVA;

    String code() {
      return this == VEC ? "vec" : "cva";
    }
  }

  private static final int NEAREST = 18;

  /** Of an address's parts; null if there is no such square. */
  static @Nullable Tile of(String layer, String zoom, String x, String y) {
    for (Layer each : Layer.values()) {
      if (each.code().equals(layer)) {
        int level = number(zoom);
        int column = number(x);
        int row = number(y);
        boolean there = level >= 1 && level <= NEAREST && column >= 0 && row >= 0;
        int count = there ? 1 << level : 0;
        return column < count && row < count ? new Tile(each, level, column, row) : null;
      }
    }
    return null;
  }

  /** -1 for what is no number of up to six digits. */
  private static int number(String text) {
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
  }
}

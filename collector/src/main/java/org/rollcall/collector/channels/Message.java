package org.rollcall.collector.channels;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told.
 *
 * @param key told once for each channel, whoever posts it again; 1 to {@link #LONGEST_KEY}
 *     characters
 * @param topic what it is about: a digest holds one topic's newest state only
 * @param region whose it is
 * @param lines most important first
 * @param path of a page; null for none
 */
public record Message(
    String key,
    String topic,
    Tone tone,
    String region,
    Words title,
    List<Words> lines,
    @Nullable String path) {
  /** Characters. */
  public static final int LONGEST_KEY = 200;

  /** How urgent it is. */
  public enum Tone {
    RED,
    AMBER,
    /** Over. */
    GREEN,
    PLAIN
  }

  public Message {
    lines = List.copyOf(lines);
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "The key " + key + " has " + key.length() + " characters.");
    }
  }
}

package org.rollcall.collector.rectification;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Draws schools by lot, so that anybody can draw again: in the order of the SHA-256 of the seed, a
 * line feed and the school's code, all in UTF-8. Whoever names the seed before the schools are
 * known cannot choose among them.
 */
public final class Draw {
  private Draw() {}

  /**
   * The first schools of the order.
   *
   * @param codes in any order; one that comes twice counts once
   * @param count how many; all when there are fewer
   */
  public static List<String> of(String seed, Collection<String> codes, int count) {
    return codes.stream()
        .distinct()
        .sorted(
            Comparator.comparing((String code) -> key(seed, code))
                .thenComparing(Comparator.naturalOrder()))
        .limit(count)
        .toList();
  }

  private static String key(String seed, String code) {
    try {
      byte[] text = (seed + "\n" + code).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}

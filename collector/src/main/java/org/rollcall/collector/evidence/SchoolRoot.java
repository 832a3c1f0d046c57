package org.rollcall.collector.evidence;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A school's tree of a day; a leaf of the day's tree.
 *
 * @param records leaves of the school's tree
 * @param root of the school's tree, 32 bytes in hexadecimal
 */
public record SchoolRoot(String school, long records, String root) {
  static SchoolRoot of(String school, MerkleTree tree) {
    return new SchoolRoot(school, tree.size(), HexFormat.of().formatHex(tree.root()));
  }

  /** The bytes that are hashed as a leaf. */
  public byte[] leaf() {
    return ("rollcall-school-v1\n" + school + '\n' + records + '\n' + root + '\n')
        .getBytes(StandardCharsets.UTF_8);
  }
}

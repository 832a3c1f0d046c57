package org.rollcall.agent.pjlink;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What proves the password, in front of the first command of a connection. */
final class Digest {
  /** Bytes of either random number of version 2.10. */
  static final int RANDOM_BYTES = 16;

  private static final HexFormat HEX = HexFormat.of();

  private Digest() {}

  /**
   * Class 1, 5.1: lower-case hexadecimal MD5 of the random number's characters and the password.
   *
   * @param random the eight characters behind {@code PJLINK 1}
   */
  static String md5(String random, String password) {
    return hash("MD5", random + password);
  }

  /**
   * Version 2.10, 5.1: the controller's random number, and SHA-256 of the XOR of both in
   * hexadecimal and the password.
   *
   * @param projector the 32 hexadecimal digits behind {@code PJLINK 2}
   * @param controller {@value #RANDOM_BYTES} bytes nobody can foresee
   */
  static String sha256(String projector, byte[] controller, String password) {
    byte[] mixed = HEX.parseHex(projector);
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] ^= controller[i];
    }
    return HEX.formatHex(controller) + hash("SHA-256", HEX.formatHex(mixed) + password);
  }

  static boolean isHex(String text, int digits) {
    if (text.length() != digits) {
      return false;
    }
    for (int i = 0; i < digits; i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String hash(String algorithm, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return HEX.formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every JDK has " + algorithm, e);
    }
  }
}

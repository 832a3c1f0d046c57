package org.rollcall.simulator.projector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digests a projector expects before the first command of a connection. */
final class Password {
  private static final HexFormat HEX = HexFormat.of();

  /** Characters of the prefix by MD5. */
  static final int MD5_PREFIX = 32;

  /** Characters of a random number of version 2.10. */
  static final int RANDOM = 32;

  /** Characters of the prefix by SHA-256: the controller's random number and the digest. */
  static final int SHA256_PREFIX = RANDOM + 64;

  private Password() {}

  /** Specification class 1, 5.1: MD5 of the random number and the password. */
  static String md5(String random, String password) {
    return digest("MD5", random + password);
  }

  /** Version 2.10: SHA-256 of both random numbers' XOR, in hexadecimal, and the password. */
  static String sha256(String projectorRandom, String controllerRandom, String password) {
    byte[] mixed = HEX.parseHex(projectorRandom);
    byte[] other = HEX.parseHex(controllerRandom);
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] ^= other[i];
    }
    return digest("SHA-256", HEX.formatHex(mixed) + password);
  }

  private static String digest(String algorithm, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return HEX.formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every JDK has " + algorithm, e);
    }
  }
}

package org.rollcall.collector.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes secrets, and what is kept of them. They are random enough that one SHA-256 hides them. */
final class Secrets {
  private static final int CODE_BYTES = 16;
  private static final int PASSWORD_BYTES = 24;
  private static final int NAME_LENGTH = 12;
  private static final String NAME_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private final SecureRandom random;

  Secrets(SecureRandom random) {
    this.random = random;
  }

  /** 128 random bits. */
  String code() {
    return text(CODE_BYTES);
  }

  /** 192 random bits. */
  String password() {
    return text(PASSWORD_BYTES);
  }

  /** f- and letters and digits that are not mistaken for each other. */
  String foreignName() {
    StringBuilder name = new StringBuilder("f-");
    for (int i = 0; i < NAME_LENGTH; i++) {
      name.append(NAME_LETTERS.charAt(random.nextInt(NAME_LETTERS.length())));
    }
    return name.toString();
  }

  private String text(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] sha256(String secret) {
    return sha256(secret.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every Java has SHA-256", e);
    }
  }
}

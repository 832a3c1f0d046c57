package org.rollcall.collector.channels;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 as each receiver wants it. */
final class Signatures {
  private Signatures() {}

  /** DingTalk: the secret signs time and secret. */
  static String dingtalk(String secret, long millis) {
    return Base64.getEncoder().encodeToString(hmac(secret, millis + "\n" + secret));
  }

  /** Feishu: time and secret are the key, and nothing is signed. */
  static String feishu(String secret, long seconds) {
    return Base64.getEncoder().encodeToString(hmac(seconds + "\n" + secret, ""));
  }

  /** A webhook: the secret signs time, a dot and the body. */
  static String webhook(String secret, long seconds, String body) {
    return "v1=" + HexFormat.of().formatHex(hmac(secret, seconds + "." + body));
  }

  private static byte[] hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("BUG: HMAC-SHA256 is in every Java", e);
    }
  }
}

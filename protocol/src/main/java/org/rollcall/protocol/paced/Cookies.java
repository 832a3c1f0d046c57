package org.rollcall.protocol.paced;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows that a client is where it says it is, without remembering it: a cookie is an HMAC over
 * address, port, token and time, and holds for 10 to 20 s. One thread.
 */
final class Cookies {
  private static final long SLOT_MILLIS = 10_000;
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  /**
   * @param key random, new at each start
   */
  Cookies(byte[] key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("BUG: every Java has HMAC with SHA-256", e);
    }
  }

  byte[] of(InetSocketAddress from, byte[] token, long nowMillis) {
    return make(from, token, nowMillis / SLOT_MILLIS);
  }

  boolean holds(byte[] cookie, InetSocketAddress from, byte[] token, long nowMillis) {
    long slot = nowMillis / SLOT_MILLIS;
    return MessageDigest.isEqual(cookie, make(from, token, slot))
        || MessageDigest.isEqual(cookie, make(from, token, slot - 1));
  }

  private byte[] make(InetSocketAddress from, byte[] token, long slot) {
    mac.update(from.getAddress().getAddress());
    mac.update(ByteBuffer.allocate(12).putInt(from.getPort()).putLong(slot).flip());
    return Arrays.copyOf(mac.doFinal(token), Datagrams.COOKIE_BYTES);
  }
}

package org.rollcall.collector.evidence;

import java.io.IOException;
import org.rollcall.protocol.AgentKey;

/**
 * A head with its signature.
 *
 * @param bytes of the head, as signed
 * @param signature 64 bytes, Ed25519 (RFC 8032) over {@code bytes}
 */
@SuppressWarnings("ArrayRecordComponent") // two files as they lie on the disk; never compared
public record SignedHead(DayHead head, byte[] bytes, byte[] signature) {

  static SignedHead sign(DayHead head, AgentKey key) {
    byte[] bytes = head.bytes();
    return new SignedHead(head, bytes, key.sign(bytes));
  }

  /**
   * @throws IOException if the bytes are no head
   */
  public static SignedHead read(byte[] bytes, byte[] signature) throws IOException {
    return new SignedHead(DayHead.read(bytes), bytes, signature);
  }

  /** Whether the key that the head names signed it. */
  public boolean holds() {
    return AgentKey.verify(head.publicKey(), bytes, signature);
  }
}

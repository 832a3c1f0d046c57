package org.rollcall.protocol.paced;

import org.jspecify.annotations.Nullable;

/** Who may test. Asked on the server's thread; must not block. */
@FunctionalInterface
public interface Grants {
  /**
   * Takes a token, which is good once.
   *
   * @param token 32 bytes
   * @return null when it is unknown, used or too old
   */
  @Nullable Grant take(byte[] token);
}

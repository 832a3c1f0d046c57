package org.rollcall.agent.pjlink;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a projector sends into lines. CR ends a line (specification 4.2); CR LF and LF are
 * taken too, since some models send them, and empty lines are passed over. One connection, one
 * thread.
 */
final class LineBuffer {
  /** Header, separator, 128 bytes of parameter and the end (specification 4.2): 136 bytes. */
  static final int LONGEST = 136;

  private final byte[] bytes = new byte[LONGEST];
  private int length;
  private boolean tooLong;

  /**
   * The next whole line, in UTF-8 as NAME may be; null when more must come first, or when {@link
   * #tooLong}.
   */
  @Nullable String next(ByteBuf in) {
    while (in.isReadable() && !tooLong) {
      byte next = in.readByte();
      if (next == '\r' || next == '\n') {
        if (length > 0) {
          String line = new String(bytes, 0, length, StandardCharsets.UTF_8);
          length = 0;
          return line;
        }
      } else if (length == LONGEST - 1) {
        tooLong = true;
      } else {
        bytes[length++] = next;
      }
    }
    return null;
  }

  /** Whether a line outgrew the limit; nothing is read after that. */
  boolean tooLong() {
    return tooLong;
  }
}

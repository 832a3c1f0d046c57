package org.rollcall.collector.requests;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Small files of the types that are taken. */
public final class Evidence {
  private Evidence() {}

  /** A PDF by its marks, so many bytes long. */
  public static byte[] pdf(int bytes) {
    return whole("%PDF-1.4\n".getBytes(StandardCharsets.US_ASCII), bytes, "\n%%EOF\n");
  }

  /** A PNG by its marks. */
  public static byte[] png(int bytes) {
    byte[] head = {
      (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };
    byte[] whole = whole(head, bytes, "IEND....");
    whole[bytes - 4] = (byte) 0xAE;
    whole[bytes - 3] = 0x42;
    whole[bytes - 2] = 0x60;
    whole[bytes - 1] = (byte) 0x82;
    return whole;
  }

  /** A JPEG by its marks. */
  public static byte[] jpeg(int bytes) {
    byte[] whole =
        whole(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0}, bytes, "..");
    whole[bytes - 2] = (byte) 0xFF;
    whole[bytes - 1] = (byte) 0xD9;
    return whole;
  }

  private static byte[] whole(byte[] head, int bytes, String tail) {
    byte[] filling = new byte[bytes - head.length - tail.length()];
    new Random(bytes).nextBytes(filling);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head);
    whole.writeBytes(filling);
    whole.writeBytes(tail.getBytes(StandardCharsets.US_ASCII));
    return whole.toByteArray();
  }
}

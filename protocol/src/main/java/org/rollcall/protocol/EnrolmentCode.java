package org.rollcall.protocol;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * What a technician hands to a school, once: where the collector is, by which key it is known, and
 * a secret that is good for one agent. One line of text to copy, with a checksum against a lost
 * character.
 *
 * @param host name or address of the collector, as seen from the school
 * @param port its MQTT port over TLS
 * @param serverKeySha256 SHA-256 of the server certificate's SubjectPublicKeyInfo, as 64 lower-case
 *     hex digits
 * @param secret what the collector asks for, 1 to 64 characters of ASCII
 */
public record EnrolmentCode(String host, int port, String serverKeySha256, String secret) {
  private static final String PREFIX = "RC1-";
  private static final Pattern HEX_SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int SHA256_BYTES = 32;
  private static final int CHECKSUM_BYTES = 4;

  public EnrolmentCode {
    boolean good =
        !host.isBlank()
            && port > 0
            && port < 65_536
            && HEX_SHA256.matcher(serverKeySha256).matches()
            && !secret.isEmpty()
            && secret.length() <= 64;
    if (!good) {
      throw new IllegalArgumentException(
          "An enrolment code needs a host, a port from 1 to 65535, the server key's SHA-256 and a"
              + " secret of 1 to 64 characters.");
    }
  }

  public String encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(host);
      out.writeShort(port);
      out.write(HexFormat.of().parseHex(serverKeySha256));
      out.writeUTF(secret);
      out.writeInt(checksum(bytes.toByteArray()));
    } catch (IOException e) {
      throw new IllegalStateException("BUG: writing to memory failed", e);
    }
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /**
   * @throws IllegalArgumentException with a sentence for a person when the text is no whole code
   */
  public static EnrolmentCode parse(String text) {
    String code = text.strip();
    if (!code.startsWith(PREFIX)) {
      throw new IllegalArgumentException("An enrolment code begins with " + PREFIX + ".");
    }
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(code.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw damaged(e);
    }
    int length = all.length - CHECKSUM_BYTES;
    if (length <= 0) {
      throw damaged(new IllegalArgumentException("too short"));
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(all))) {
      String host = in.readUTF();
      int port = in.readUnsignedShort();
      String key = HexFormat.of().formatHex(in.readNBytes(SHA256_BYTES));
      String secret = in.readUTF();
      boolean whole = in.readInt() == checksum(Arrays.copyOf(all, length)) && in.available() == 0;
      if (!whole) {
        throw damaged(new IllegalArgumentException("checksum"));
      }
      return new EnrolmentCode(host, port, key, secret);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** Without the secret: a code may not be read back from a log. */
  @Override
  public String toString() {
    return "EnrolmentCode[" + host + ":" + port + "]";
  }

  private static IllegalArgumentException damaged(Exception cause) {
    return new IllegalArgumentException(
        "The enrolment code is damaged or incomplete: copy the whole line once more.", cause);
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }
}

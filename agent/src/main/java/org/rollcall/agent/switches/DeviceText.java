package org.rollcall.agent.switches;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Octets that a device means as text. */
public final class DeviceText {
  /** Project default: as much as a sighting takes. */
  static final int LONGEST = 255;

  private DeviceText() {}

  /**
   * The text on one line, at most {@value #LONGEST} characters, without what is no letter, digit,
   * sign or blank; empty for none. Octets that are not UTF-8 are read as GB18030, in which Chinese
   * devices name themselves.
   */
  public static String of(byte @Nullable [] octets) {
    if (octets == null || octets.length == 0) {
      return "";
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException notUtf8) {
      text = new String(octets, Charset.forName("GB18030"));
    }
    return oneLine(text);
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST));
    boolean blank = false;
    for (int i = 0; i < text.length() && line.length() < LONGEST - 2; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isISOControl(c) || Character.isWhitespace(c)) {
        blank = line.length() > 0;
      } else if (Character.isDefined(c) && Character.getType(c) != Character.SURROGATE) {
        if (blank) {
          line.append(' ');
          blank = false;
        }
        line.appendCodePoint(c);
      }
    }
    return line.toString();
  }
}

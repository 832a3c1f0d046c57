package org.rollcall.collector.paper;

import com.lowagie.text.DocumentException;
import com.lowagie.text.Font;
import com.lowagie.text.pdf.BaseFont;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Chinese font of this machine; what a PDF uses of it is embedded. None is shipped: the good ones
 * are larger than Rollcall. One of these for each document: it gathers the characters used.
 */
public final class CjkFont {
  /** File, and for a collection the number of the Simplified Chinese face, the best first. */
  private static final List<String> KNOWN =
      List.of(
          "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc,2",
          "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc,0",
          "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf");

  private static final String ADVICE =
      "Install the Debian package fonts-noto-cjk, or set documents.font in server.yaml.";

  private final BaseFont face;

  private CjkFont(BaseFont face) {
    this.face = face;
  }

  /**
   * Opens the font of the settings, else the first one known that is here.
   *
   * @param file a TTF or OTF file, or a TTC file with a comma and the number of the face, as in
   *     {@code /usr/share/fonts/x.ttc,2}; null to look where Debian's packages put theirs
   * @throws NoFontException if there is none, or it cannot be read or has no Chinese characters
   */
  public static CjkFont open(@Nullable String file) throws NoFontException {
    if (file != null) {
      return read(file);
    }
    for (String known : KNOWN) {
      if (Files.isReadable(fileOf(known))) {
        return read(known);
      }
    }
    throw new NoFontException("There is no Chinese font on this machine for PDFs. " + ADVICE);
  }

  private static CjkFont read(String name) throws NoFontException {
    if (!Files.isReadable(fileOf(name))) {
      throw new NoFontException("The font " + name + " cannot be read. " + ADVICE);
    }
    try {
      BaseFont face = BaseFont.createFont(name, BaseFont.IDENTITY_H, BaseFont.EMBEDDED);
      if (!face.charExists('镇') || !face.charExists('0')) {
        throw new NoFontException(
            "The font " + name + " lacks Chinese characters or digits. " + ADVICE);
      }
      return new CjkFont(face);
    } catch (DocumentException | IOException e) {
      throw new NoFontException("The font " + name + " cannot be used. " + ADVICE, e);
    }
  }

  private static Path fileOf(String name) {
    int comma = name.lastIndexOf(',');
    return Path.of(comma < 0 ? name : name.substring(0, comma));
  }

  /**
   * The font in a size and colour.
   *
   * @param points over 0
   */
  public Font of(float points, Color colour) {
    return new Font(face, points, Font.NORMAL, colour);
  }

  /** The same, drawn a little thicker: no bold face is needed. */
  public Font bold(float points, Color colour) {
    return new Font(face, points, Font.BOLD, colour);
  }
}

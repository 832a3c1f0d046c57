package org.rollcall.collector.sheet;

import java.util.Locale;
import org.rollcall.collector.judge.ReasonText;

/**
 * Says a cell's reasons in one language, from {@code sheet_zh_CN.properties} or {@code
 * sheet_en.properties}. Any thread.
 */
public final class SheetText {
  private static final ReasonText CHINESE =
      ReasonText.read(SheetText.class, "sheet_zh_CN.properties");
  private static final ReasonText ENGLISH = ReasonText.read(SheetText.class, "sheet_en.properties");

  private SheetText() {}

  /** Chinese for any Chinese locale, English for every other. */
  public static ReasonText in(Locale locale) {
    return locale.getLanguage().equals("zh") ? CHINESE : ENGLISH;
  }
}

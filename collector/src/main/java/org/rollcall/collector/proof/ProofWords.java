package org.rollcall.collector.proof;

import java.util.Locale;
import java.util.Map;
import org.rollcall.collector.judge.Reason;
import org.rollcall.collector.judge.ReasonText;

/** What a proof says for people, in Chinese or English. Any thread. */
public final class ProofWords {
  private static final ReasonText CHINESE =
      ReasonText.read(ProofWords.class, "proof_zh_CN.properties");
  private static final ReasonText ENGLISH =
      ReasonText.read(ProofWords.class, "proof_en.properties");

  private ProofWords() {}

  /** The sentences of a language; Chinese for any Chinese locale, English for every other. */
  public static ReasonText in(Locale locale) {
    return locale.getLanguage().equals("zh") ? CHINESE : ENGLISH;
  }

  /** The word for a constant, such as a link or a result. */
  public static String word(Enum<?> constant, Locale locale) {
    return text(constant.name(), locale);
  }

  /** A sentence without places, by its code. */
  public static String text(String code, Locale locale) {
    return in(locale).text(new Reason(code, Map.of()));
  }
}

package org.rollcall.web.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The API's own words, side by side, from {@code words_zh_CN.properties} and {@code words_en}. */
final class Words {
  private static final Properties ZH = load("words_zh_CN.properties");
  private static final Properties EN = load("words_en.properties");

  private Words() {}

  /** Whether there are words for this. */
  static boolean has(String key) {
    return ZH.containsKey(key);
  }

  static String zh(String key, String... values) {
    return text(ZH, key, values);
  }

  static String en(String key, String... values) {
    return text(EN, key, values);
  }

  private static String text(Properties words, String key, String... values) {
    String text = words.getProperty(key);
    if (text == null) {
      throw new IllegalStateException("BUG: there are no words for " + key);
    }
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", values[i]);
    }
    return text;
  }

  private static Properties load(String file) {
    Properties words = new Properties();
    try (InputStream in = Words.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("BUG: the jar lacks " + file);
      }
      words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be read from the jar.", e);
    }
  }
}

package org.rollcall.collector.problems;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says in one language why something is a cause and what to do next, from {@code
 * causes_zh_CN.properties} or {@code causes_en.properties}. A value that has words there is told by
 * them, any other as it stands. Any thread.
 */
public final class CauseText {
  private static final Pattern PARAM = Pattern.compile("\\{([a-z]+)}");
  private static final CauseText CHINESE = new CauseText("zh_CN");
  private static final CauseText ENGLISH = new CauseText("en");

  private final Properties messages = new Properties();

  private CauseText(String language) {
    String name = "causes_" + language + ".properties";
    try (InputStream file = CauseText.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("BUG: the message file " + name + " is missing");
      }
      try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
        messages.load(reader);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The message file " + name + " cannot be read.", e);
    }
  }

  /** Chinese for any Chinese locale, English for every other. */
  public static CauseText in(Locale locale) {
    return locale.getLanguage().equals("zh") ? CHINESE : ENGLISH;
  }

  /** Why it is a cause, in one or two sentences. */
  public String reason(Cause cause) {
    return reason(cause.kind(), cause.params());
  }

  /** The same of a cause that is no more. */
  public String reason(CauseKind kind, Map<String, String> params) {
    return text("why." + kind, params);
  }

  /** What to do first. */
  public String next(Cause cause) {
    return next(cause.kind(), cause.params());
  }

  /** The same of a cause that is no more. */
  public String next(CauseKind kind, Map<String, String> params) {
    return text("next." + kind, params);
  }

  private String text(String key, Map<String, String> params) {
    String pattern = messages.getProperty(key);
    if (pattern == null) {
      throw new IllegalStateException("BUG: there are no words for " + key);
    }
    StringBuilder text = new StringBuilder();
    Matcher matcher = PARAM.matcher(pattern);
    while (matcher.find()) {
      String name = matcher.group(1);
      matcher.appendReplacement(
          text, Matcher.quoteReplacement(words(name, params.getOrDefault(name, ""))));
    }
    return matcher.appendTail(text).toString().strip();
  }

  /** {@code name.none} where there is no value; {@code name.any} around one without own words. */
  private String words(String name, String value) {
    if (value.isEmpty()) {
      return messages.getProperty(name + ".none", "");
    }
    String whole =
        Arrays.stream(value.split(",", -1))
            .map(one -> messages.getProperty(name + "." + one, one))
            .collect(Collectors.joining(messages.getProperty("and", ", ")));
    return messages.getProperty(name + ".any", "{}").replace("{}", whole);
  }
}

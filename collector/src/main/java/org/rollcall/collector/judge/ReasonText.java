package org.rollcall.collector.judge;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says a verdict's reasons in one language, from {@code verdicts_zh_CN.properties} or {@code
 * verdicts_en.properties}. A value that has a word there (the medium FIBRE, say) is shown by it; a
 * code this version does not know, from a newer database, is shown as it stands. Any thread.
 */
public final class ReasonText {
  /** A parameter's place in a sentence. */
  static final Pattern PARAM = Pattern.compile("\\{([A-Za-z]+)}");

  private static final ReasonText CHINESE = read(ReasonText.class, "verdicts_zh_CN.properties");
  private static final ReasonText ENGLISH = read(ReasonText.class, "verdicts_en.properties");

  private final Properties messages;

  private ReasonText(Properties messages) {
    this.messages = messages;
  }

  /** Chinese for any Chinese locale, English for every other. */
  public static ReasonText in(Locale locale) {
    return locale.getLanguage().equals("zh") ? CHINESE : ENGLISH;
  }

  /**
   * Reasons of another package, said the same way.
   *
   * @param beside the class whose package holds the message file
   */
  public static ReasonText read(Class<?> beside, String name) {
    try (InputStream file = beside.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("BUG: the message file " + name + " is missing");
      }
      Properties messages = new Properties();
      try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
        messages.load(reader);
      }
      return new ReasonText(messages);
    } catch (IOException e) {
      throw new UncheckedIOException("The message file " + name + " cannot be read.", e);
    }
  }

  public String text(Reason reason) {
    String pattern = messages.getProperty(reason.code());
    if (pattern == null) {
      return reason.code() + " " + reason.params();
    }
    return fill(pattern, reason.params());
  }

  /** A verdict's reasons, most important first. */
  public List<String> text(Verdict verdict) {
    return verdict.because().stream().map(this::text).toList();
  }

  /** The sentence with its places still open; null where there is none. */
  public @Nullable String pattern(String code) {
    return messages.getProperty(code);
  }

  private String fill(String pattern, Map<String, String> params) {
    Matcher matcher = PARAM.matcher(pattern);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String value = params.get(name);
      String shown = value == null ? "{" + name + "}" : show(name, value);
      matcher.appendReplacement(text, Matcher.quoteReplacement(shown));
    }
    matcher.appendTail(text);
    return text.toString();
  }

  private String show(String name, String value) {
    if (!name.equals("named") && !name.equals("defaults")) {
      return messages.getProperty("word." + name + "." + value, value);
    }
    List<String> shown = new ArrayList<>();
    for (String item : value.split(Pattern.quote(ReasonCode.LIST), -1)) {
      int equals = item.indexOf('=');
      String pattern =
          name.equals("defaults") && equals > 0
              ? messages.getProperty("default." + item.substring(0, equals))
              : null;
      shown.add(
          pattern == null ? item : fill(pattern, Map.of("value", item.substring(equals + 1))));
    }
    return String.join(messages.getProperty("list.separator", ", "), shown);
  }
}

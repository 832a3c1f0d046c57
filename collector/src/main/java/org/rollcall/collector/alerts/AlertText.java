package org.rollcall.collector.alerts;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.problems.CauseKind;
import org.rollcall.collector.problems.CauseText;
import org.rollcall.collector.registry.Registry;

/**
 * Says in one language what an alert is, from {@code alerts_zh_CN.properties} or {@code
 * alerts_en.properties}; what comes from a cause in the words of the cause. Any thread.
 */
public final class AlertText {
  /** Param that names the cause's kind, where a signal comes from one. */
  static final String CAUSE = "cause";

  /** Params whose values have words of their own. */
  private static final List<String> NAMED = List.of("ahead", "behind", "figure", "stage");

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm");
  private static final Pattern PARAM = Pattern.compile("\\{([a-z]+)}");
  private static final AlertText CHINESE = new AlertText(Locale.SIMPLIFIED_CHINESE, "zh_CN");
  private static final AlertText ENGLISH = new AlertText(Locale.ENGLISH, "en");

  private final Locale locale;
  private final Properties messages = new Properties();

  private AlertText(Locale locale, String language) {
    this.locale = locale;
    String name = "alerts_" + language + ".properties";
    try (InputStream file = AlertText.class.getResourceAsStream(name)) {
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
  public static AlertText in(Locale wanted) {
    return wanted.getLanguage().equals("zh") ? CHINESE : ENGLISH;
  }

  /** What it is, where: a line that can stand alone. */
  public String title(Alert alert, String ruleTitle, String place) {
    return say(
        alert.isOpen() ? "title.on" : "title.over", Map.of("rule", ruleTitle, "place", place));
  }

  /** Why it is an alert. */
  public String reason(Alert alert) {
    CauseKind cause = cause(alert);
    Map<String, String> params = params(alert);
    if (cause != null) {
      return CauseText.in(locale).reason(cause, params);
    }
    String key = "why." + alert.about().kind();
    boolean isPast = alert.weight().value() < 0 && messages.containsKey(key + ".past");
    return say(isPast ? key + ".past" : key, params);
  }

  /** What to do first. */
  public String next(Alert alert) {
    CauseKind cause = cause(alert);
    Map<String, String> params = params(alert);
    return cause == null
        ? say("next." + alert.about().kind(), params)
        : CauseText.in(locale).next(cause, params);
  }

  /** How it is known what it was; empty while it is not. */
  public String evidence(Alert alert) {
    String code = alert.evidence();
    if (code.isEmpty()) {
      return "";
    }
    int colon = code.indexOf(':');
    String was = colon < 0 ? code : code.substring(0, colon);
    return say("was." + was, Map.of("by", colon < 0 ? "" : code.substring(colon + 1)));
  }

  /** The lines of a message, most important first. */
  List<String> lines(Alert alert, List<String> places) {
    List<String> lines = new ArrayList<>();
    if (alert.isOpen()) {
      lines.add(reason(alert));
    } else {
      Instant ended = alert.times().ended();
      Instant to = ended == null ? alert.times().since() : ended;
      lines.add(say("over", Map.of("from", time(alert.times().since()), "to", time(to))));
    }
    if (alert.isOpen()) {
      lines.add(say("since", Map.of("time", time(alert.times().since()))));
    }
    if (places.size() > 1) {
      lines.add(say("places", Map.of("names", String.join(messages.getProperty("and"), places))));
    }
    if (alert.weight().impact() > 0) {
      lines.add(
          say(
              "impact",
              Map.of(
                  "classes", String.valueOf(alert.weight().classes()),
                  "impact", String.valueOf(alert.weight().impact()))));
    }
    String evidence = evidence(alert);
    if (!evidence.isEmpty()) {
      lines.add(evidence);
    }
    if (alert.isOpen()) {
      if (alert.damping().unsteady()) {
        lines.add(say("unsteady", Map.of()));
      }
      lines.add(say("do", Map.of("what", next(alert))));
    }
    return lines;
  }

  private static String time(Instant at) {
    return TIME.format(at.atZone(Registry.ZONE));
  }

  private static @Nullable CauseKind cause(Alert alert) {
    String name = alert.about().params().get(CAUSE);
    return name == null ? null : CauseKind.valueOf(name);
  }

  private Map<String, String> params(Alert alert) {
    Map<String, String> params = new HashMap<>(alert.about().params());
    double value = alert.weight().value();
    params.put("value", number(value));
    params.put("past", number(-value));
    params.putIfAbsent("subject", alert.about().subject());
    for (String named : NAMED) {
      params.computeIfPresent(named, (name, word) -> messages.getProperty(name + "." + word, word));
    }
    Instant ended = alert.times().ended();
    if (ended != null) {
      params.put(
          "minutes", String.valueOf(Duration.between(alert.times().since(), ended).toMinutes()));
    }
    return params;
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  private String say(String key, Map<String, String> params) {
    String pattern = messages.getProperty(key);
    if (pattern == null) {
      throw new IllegalStateException("BUG: there are no words for " + key);
    }
    StringBuilder text = new StringBuilder();
    Matcher matcher = PARAM.matcher(pattern);
    while (matcher.find()) {
      matcher.appendReplacement(
          text, Matcher.quoteReplacement(params.getOrDefault(matcher.group(1), "")));
    }
    return matcher.appendTail(text).toString().strip();
  }
}

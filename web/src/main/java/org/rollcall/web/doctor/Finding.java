package org.rollcall.web.doctor;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * One thing that was looked at.
 *
 * @param code what was found, stable: {@code disk-low}; its sentence is in the message files, and
 *     the remedy under {@code disk-low.do}
 * @param arguments what is put into the sentence
 */
public record Finding(Status status, String code, List<String> arguments) {
  private static final String BUNDLE = "org.rollcall.web.doctor.messages";

  /** How bad it is. */
  public enum Status {
    OK,
    WARN,
    FAIL
  }

  public Finding {
    arguments = List.copyOf(arguments);
  }

  static Finding of(Status status, String code, Object... arguments) {
    return new Finding(status, code, List.of(arguments).stream().map(String::valueOf).toList());
  }

  /** What was found, as a sentence. */
  public String said(Locale locale) {
    return text(bundle(locale).getString(code));
  }

  /** What to do about it; empty when nothing need be done. */
  public String remedy(Locale locale) {
    ResourceBundle bundle = bundle(locale);
    String key = code + ".do";
    return bundle.containsKey(key) ? text(bundle.getString(key)) : "";
  }

  private String text(String pattern) {
    return new MessageFormat(pattern, Locale.ROOT).format(arguments.toArray());
  }

  private static ResourceBundle bundle(Locale locale) {
    return ResourceBundle.getBundle(
        BUNDLE, locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
  }
}

package org.rollcall.collector.registry.imports;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** The sentences of this package, in Chinese for a Chinese locale and in English for any other. */
final class Messages {
  private static final String BUNDLE = "org.rollcall.collector.registry.imports.messages";

  private final ResourceBundle bundle;

  Messages(Locale locale) {
    // Without fallback: on a Chinese machine, English must not turn into Chinese.
    bundle =
        ResourceBundle.getBundle(
            BUNDLE, locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
  }

  /** The sentence for a code, with its arguments put in as they are. */
  String text(String code, List<String> arguments) {
    return new MessageFormat(bundle.getString(code), Locale.ROOT).format(arguments.toArray());
  }

  String text(String code, Object... arguments) {
    return text(code, List.of(arguments).stream().map(String::valueOf).toList());
  }
}

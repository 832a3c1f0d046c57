package org.rollcall.collector.registry.imports;

import java.util.List;
import java.util.Locale;

/**
 * Something to say about an import that was good.
 *
 * @param code the key of its sentence
 * @param arguments what fills the sentence
 */
public record Note(String code, List<String> arguments) {

  public Note {
    arguments = List.copyOf(arguments);
  }

  static Note of(String code, Object... arguments) {
    return new Note(code, List.of(arguments).stream().map(String::valueOf).toList());
  }

  public String text(Locale locale) {
    return new Messages(locale).text(code, arguments);
  }
}

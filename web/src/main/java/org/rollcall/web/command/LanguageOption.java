package org.rollcall.web.command;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The language a command speaks: as asked, else the machine's. */
final class LanguageOption {
  @Option(
      names = "--lang",
      paramLabel = "zh-CN|en",
      description = "Language of the messages (default: the machine's).")
  private @Nullable String language;

  Locale locale() {
    return language == null ? Locale.getDefault() : Locale.forLanguageTag(language);
  }
}

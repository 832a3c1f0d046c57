package org.rollcall.collector.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SheetReasonTest {
  private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z]+)}");

  @ParameterizedTest
  @EnumSource(SheetReason.class)
  void everyCodeHasASentenceInBothLanguagesThatUsesAllItsParameters(SheetReason reason) {
    for (Locale language : new Locale[] {Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH}) {
      String sentence = SheetText.in(language).pattern(reason.code());
      assertThat(sentence).as(reason.code() + " " + language).isNotNull();
      Set<String> used = new HashSet<>();
      Matcher place = PLACE.matcher(String.valueOf(sentence));
      while (place.find()) {
        used.add(place.group(1));
      }
      assertThat(used).as(reason.code() + " " + language).isEqualTo(Set.copyOf(reason.params()));
    }
  }
}

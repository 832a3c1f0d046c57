package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTextTest {
  private static final ReasonText CHINESE = ReasonText.in(Locale.SIMPLIFIED_CHINESE);
  private static final ReasonText ENGLISH = ReasonText.in(Locale.ENGLISH);

  private static Set<String> used(ReasonText text, ReasonCode code) {
    String pattern = text.pattern(code.code());
    assertThat(pattern).as(code.code()).isNotNull();
    Set<String> used = new HashSet<>();
    Matcher matcher = ReasonText.PARAM.matcher(String.valueOf(pattern));
    while (matcher.find()) {
      used.add(matcher.group(1));
    }
    return used;
  }

  @ParameterizedTest
  @EnumSource(ReasonCode.class)
  void everyCodeHasASentenceInBothLanguagesThatUsesAllItsParameters(ReasonCode code) {
    Set<String> chinese = new HashSet<>(code.params());
    chinese.removeIf(param -> param.endsWith("En"));
    assertThat(used(CHINESE, code)).isEqualTo(chinese);
    Set<String> english = new HashSet<>(code.params());
    english.removeIf(param -> code.params().contains(param + "En"));
    assertThat(used(ENGLISH, code)).isEqualTo(english);
  }

  @Test
  void aReasonIsASentenceWithItsUnits() {
    Reason reason = ReasonCode.BANDWIDTH_FAILS_BY_PORT.with("wan", "8", "10");
    assertThat(CHINESE.text(reason)).isEqualTo("线路 wan 的端口速率为 8 Mbps,低于 10 Mbps。端口速率是上限,因此立即判定。");
    assertThat(ENGLISH.text(reason))
        .isEqualTo(
            "Line wan: the port speed is 8 Mbps, below 10 Mbps."
                + " A port speed is an upper bound, so this decides at once.");
  }

  @Test
  void wordsAndListsAreSaidInTheLanguage() {
    assertThat(CHINESE.text(ReasonCode.MEDIUM_FAILS.with("WIRELESS", "FIBRE")))
        .isEqualTo("接入方式为无线(学校自报),要求光纤。");
    assertThat(ENGLISH.text(ReasonCode.CLASSES_MISSING.with(2, "三(1)班|三(2)班")))
        .isEqualTo("Classes not counted (2): 三(1)班, 三(2)班.");
    assertThat(ENGLISH.text(ReasonCode.PROJECT_DEFAULTS.with("windowDays=30|minSamples=20")))
        .isEqualTo(
            "These numbers are project defaults, not the policy's:"
                + " window of 30 days, at least 20 samples.");
  }

  @Test
  void aCodeFromANewerVersionIsShownAsItStands() {
    assertThat(ENGLISH.text(new Reason("from-the-future", Map.of("n", "1"))))
        .isEqualTo("from-the-future {n=1}");
  }
}

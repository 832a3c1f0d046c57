package org.rollcall.collector.snapshot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.profile.Target;

/** What a rule asks, in Chinese words, for whatever is printed. */
final class AskedText {
  private AskedText() {}

  static String of(Rule rule) {
    Target target = rule.asked();
    List<String> words = new ArrayList<>();
    Target.Network network = target.network();
    if (network != null) {
      words.add(network == Target.Network.PROVINCIAL_EDU ? "接入省教育专网" : "接入互联网");
    }
    if (target.medium() != null) {
      words.add(
          switch (target.medium()) {
            case FIBRE -> "光纤";
            case WIRED -> "有线";
            case WIRELESS -> "无线";
          });
    }
    add(words, "≥", target.mbps(), " Mbps");
    add(words, "≥", target.percent(), "%");
    add(words, "≥", target.atLeast(), "");
    add(words, "≤", target.atMost(), "");
    if (target.yes() != null) {
      words.add("是");
    }
    return String.join(",", words);
  }

  private static void add(List<String> words, String sign, @Nullable Double value, String unit) {
    if (value != null) {
      words.add(sign + BigDecimal.valueOf(value).stripTrailingZeros().toPlainString() + unit);
    }
  }
}

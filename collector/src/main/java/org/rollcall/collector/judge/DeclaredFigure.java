package org.rollcall.collector.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.Amount;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValue.Grade;
import org.rollcall.collector.judge.Verdict.Evidence;

/**
 * What a school declares of an indicator, as far as it may be taken: a value too old is not.
 *
 * @param value null when there is none, or none that may be taken
 * @param remarks how it was certified, or why it is not taken
 */
record DeclaredFigure(@Nullable DeclaredValue value, List<Reason> remarks) {

  static DeclaredFigure of(JudgeInput input, DeclaredIndicator indicator) {
    DeclaredValue value = input.declared().get(indicator);
    if (value == null || value.asOf().isAfter(input.date())) {
      return new DeclaredFigure(null, List.of());
    }
    int most = input.profile().parameters().declaredMaxAgeDays().whole();
    if (value.asOf().plusDays(most).isBefore(input.date())) {
      return new DeclaredFigure(
          null,
          List.of(
              ReasonCode.DECLARED_TOO_OLD.with(
                  title(indicator, true),
                  title(indicator, false),
                  value.amount().text(),
                  value.asOf(),
                  most)));
    }
    List<Reason> remarks = new ArrayList<>();
    String certificate = value.certificate();
    if (certificate != null) {
      remarks.add(ReasonCode.DECLARED_CERTIFIED.with(certificate));
    }
    return new DeclaredFigure(value, remarks);
  }

  static String title(DeclaredIndicator indicator, boolean chinese) {
    return indicator.title(chinese ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH);
  }

  /** The count it is; null if there is none. */
  @Nullable Long count() {
    return value != null && value.amount() instanceof Amount.Count count ? count.value() : null;
  }

  Evidence evidence() {
    return value != null && value.grade() == Grade.CERTIFIED
        ? Evidence.CERTIFIED
        : Evidence.DECLARED;
  }
}

package org.rollcall.collector.declared;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a school or a region declares of one indicator.
 *
 * @param unit code of the school or region
 * @param amount of the indicator's kind and within its range
 * @param asOf the day of which it speaks
 * @param note free text, may be empty
 * @param certificate number of the bureau's certificate or file (核定文号); null if there is none
 */
public record DeclaredValue(
    String unit,
    DeclaredIndicator indicator,
    Amount amount,
    LocalDate asOf,
    String note,
    @Nullable String certificate) {

  public DeclaredValue {
    if (!indicator.read(amount.text()).equals(new DeclaredIndicator.Reading.Good(amount))) {
      throw new IllegalArgumentException(
          amount.text() + " is no value of " + indicator.id() + ", which is " + indicator.kind());
    }
  }

  /** How much a declared value weighs. */
  public enum Grade {
    /** 学校自报. */
    DECLARED,
    /** 区县核定. */
    CERTIFIED
  }

  public Grade grade() {
    return certificate == null ? Grade.DECLARED : Grade.CERTIFIED;
  }
}

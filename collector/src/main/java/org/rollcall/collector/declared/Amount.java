package org.rollcall.collector.declared;

import java.math.BigDecimal;
import java.time.LocalDate;

/** A declared value, by the kind of its indicator. */
public sealed interface Amount {
  /** As it is kept and shown: {@code yes}, {@code 12}, {@code 45/50}, {@code 4.5}, a date. */
  String text();

  /** Something is so, or is not. */
  record YesNo(boolean yes) implements Amount {
    @Override
    public String text() {
      return yes ? "yes" : "no";
    }
  }

  /** How many there are. */
  record Count(long value) implements Amount {
    public Count {
      if (value < 0) {
        throw new IllegalArgumentException("A count cannot be " + value + ".");
      }
    }

    @Override
    public String text() {
      return Long.toString(value);
    }
  }

  /**
   * So many of so many.
   *
   * @param part 0 to {@code whole}
   * @param whole may be 0: there is nothing of which a part could be
   */
  record Pair(long part, long whole) implements Amount {
    public Pair {
      if (part < 0 || part > whole) {
        throw new IllegalArgumentException(part + " cannot be a part of " + whole + ".");
      }
    }

    @Override
    public String text() {
      return part + "/" + whole;
    }
  }

  /** A quantity in the indicator's unit. */
  record Quantity(BigDecimal value) implements Amount {
    public Quantity {
      value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    @Override
    public String text() {
      return value.toPlainString();
    }
  }

  /** A date. */
  record Day(LocalDate date) implements Amount {
    @Override
    public String text() {
      return date.toString();
    }
  }
}

package org.rollcall.collector.registry;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What one entry of the register says for a span of days.
 *
 * @param from first day; null: ever since
 * @param to first day on which it says something else or is gone; null: until further notice
 */
public record Dated<T>(@Nullable LocalDate from, @Nullable LocalDate to, T value) {
  static <T> Dated<T> of(LocalDate from, LocalDate to, T value) {
    return new Dated<>(
        from.equals(Effective.EVER) ? null : from,
        to.equals(Effective.OPEN_END) ? null : to,
        value);
  }
}

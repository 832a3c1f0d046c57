package org.rollcall.collector.registry.imports;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.Amount;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredIndicator.Kind;
import org.rollcall.collector.declared.DeclaredIndicator.Of;
import org.rollcall.collector.declared.DeclaredIndicator.Reading;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.registry.Registry;

/** Rows of declared.csv. The column {@code school} may name a region instead. */
final class DeclaredRows implements RowReader<DeclaredValue> {
  private static final int MAX_NOTE = 500;
  private static final int MAX_CERTIFICATE = 100;
  private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);

  private final Registry registry;
  private final LocalDate today;

  DeclaredRows(Registry registry) {
    this.registry = registry;
    this.today = registry.today();
  }

  @Override
  public List<String> required() {
    return List.of("school", "indicator", "value", "as_of", "note");
  }

  @Override
  public List<String> optional() {
    return List.of("certificate");
  }

  @Override
  public @Nullable DeclaredValue read(TableRow row) {
    LocalDate asOf = asOf(row);
    boolean region = Codes.isRegion(row.field("school").text());
    String unit = region ? row.field("school").text() : Codes.school(row, "school");
    if (!unit.isEmpty() && !isThere(unit, region, asOf)) {
      row.problem("school", region ? "region-unknown" : "school-unknown", unit);
    }
    DeclaredIndicator indicator = indicator(row, region);
    Amount amount = indicator == null ? null : amount(row, indicator);
    String note = row.text("note", MAX_NOTE);
    String certificate = row.text("certificate", MAX_CERTIFICATE);
    if (!row.good() || indicator == null || amount == null || asOf == null) {
      return null;
    }
    return new DeclaredValue(
        unit, indicator, amount, asOf, note, certificate.isEmpty() ? null : certificate);
  }

  /** On the day it speaks of, or today: a township merged since may still have its old values. */
  private boolean isThere(String unit, boolean region, @Nullable LocalDate asOf) {
    if (region) {
      return registry.snapshot().region(unit) != null
          || (asOf != null && registry.at(asOf).region(unit) != null);
    }
    return registry.snapshot().school(unit) != null
        || (asOf != null && registry.at(asOf).school(unit) != null);
  }

  private @Nullable LocalDate asOf(TableRow row) {
    LocalDate date = row.date("as_of");
    if (date != null && date.isAfter(today)) {
      row.problem("as_of", "in-future", date, today);
    } else if (date != null && date.isBefore(EARLIEST)) {
      row.problem("as_of", "out-of-range", date, EARLIEST, today);
    }
    return date;
  }

  private static @Nullable DeclaredIndicator indicator(TableRow row, boolean region) {
    String id = row.requiredText("indicator", ClassRows.MAX_SPACE).toLowerCase(Locale.ROOT);
    if (id.isEmpty()) {
      return null;
    }
    DeclaredIndicator indicator = DeclaredIndicator.of(id.replace('_', '-'));
    if (indicator == null) {
      row.problem(
          "indicator",
          "indicator-unknown",
          id,
          Arrays.stream(DeclaredIndicator.values())
              .map(DeclaredIndicator::id)
              .collect(Collectors.joining(", ")));
    } else if (!indicator.of().allows(!region)) {
      row.problem(
          "indicator", indicator.of() == Of.SCHOOL ? "for-schools" : "for-regions", indicator.id());
    }
    return indicator;
  }

  private static @Nullable Amount amount(TableRow row, DeclaredIndicator indicator) {
    if (row.isBlank("value")) {
      row.problem("value", "empty");
      return null;
    }
    String text = row.field("value").text();
    if (indicator.kind() == Kind.DATE) {
      LocalDate date = row.date("value");
      if (date == null) {
        return null;
      }
      text = date.toString();
    }
    if (indicator.read(text) instanceof Reading.Good good) {
      return good.amount();
    }
    if (indicator.read(text) instanceof Reading.Bad bad) {
      row.problem("value", bad.code(), bad.arguments().toArray());
    }
    return null;
  }

  @Override
  public String key(DeclaredValue value) {
    return value.unit() + " " + value.indicator().id() + " " + value.asOf();
  }

  @Override
  public String keyColumn() {
    return "indicator";
  }
}

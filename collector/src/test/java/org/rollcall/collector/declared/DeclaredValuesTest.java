package org.rollcall.collector.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.declared.DeclaredIndicator.Reading;
import org.rollcall.collector.registry.RegisterChange.Counts;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.SetClock;

@OnBothDatabases
class DeclaredValuesTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
  private static final String CODE = "2144990001";

  @TempDir Path folder;
  private final SetClock clock = new SetClock(LocalDate.of(2026, 3, 16), LocalTime.NOON);
  private Database database;
  private DeclaredValues values;

  @BeforeEach
  void open() {
    database = home.open(folder);
    values = new DeclaredValues(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theNewestValueOfADateIsTheOneThatCounts() {
    values.put(List.of(cooperation(3, MARCH), cooperation(5, MARCH.plusMonths(1))));
    assertThat(newest(MARCH.minusDays(1))).isNull();
    assertThat(newest(MARCH)).isEqualTo(cooperation(3, MARCH));
    assertThat(newest(MARCH.plusDays(30))).isEqualTo(cooperation(3, MARCH));
    assertThat(newest(MARCH.plusMonths(1))).isEqualTo(cooperation(5, MARCH.plusMonths(1)));
  }

  @Test
  void aValueEnteredLaterForAnOlderDayReplacesNoNewerOne() {
    values.put(List.of(cooperation(5, MARCH)));
    values.put(List.of(cooperation(1, MARCH.minusYears(1))));
    assertThat(newest(MARCH)).isEqualTo(cooperation(5, MARCH));
    assertThat(newest(MARCH.minusDays(1))).isEqualTo(cooperation(1, MARCH.minusYears(1)));
  }

  @Test
  void aCorrectionStandsAboveWhatItCorrectsAndBothAreKept() {
    assertThat(values.put(List.of(cooperation(5, MARCH)))).isEqualTo(new Counts(1, 0, 0));
    clock.set(LocalDate.of(2026, 3, 17), LocalTime.NOON);
    assertThat(values.put(List.of(cooperation(6, MARCH)))).isEqualTo(new Counts(0, 1, 0));
    assertThat(values.put(List.of(cooperation(6, MARCH)))).isEqualTo(new Counts(0, 0, 1));
    assertThat(newest(MARCH)).isEqualTo(cooperation(6, MARCH));
    assertThat(values.put(List.of(cooperation(5, MARCH)))).isEqualTo(new Counts(0, 1, 0));
    assertThat(newest(MARCH)).isEqualTo(cooperation(5, MARCH));
    assertThat(values.history(CODE, DeclaredIndicator.COOPERATION))
        .extracting(entry -> entry.value().amount().text())
        .containsExactly("5", "6", "5");
  }

  @Test
  void everyChangeRaisesTheRegistersRevision() {
    Registry registry = new Registry(database, clock);
    values.put(List.of(cooperation(5, MARCH)));
    assertThat(registry.revision()).isEqualTo(1);
    values.put(List.of(cooperation(5, MARCH)));
    values.rehearse(List.of(cooperation(7, MARCH)));
    assertThat(registry.revision()).isEqualTo(1);
  }

  @Test
  void manyUnitsAreAskedAtOnce() {
    List<DeclaredValue> many =
        IntStream.range(0, 1_200)
            .mapToObj(
                i ->
                    new DeclaredValue(
                        "21440%05d".formatted(i),
                        DeclaredIndicator.CONTEST,
                        new Amount.YesNo(i % 2 == 0),
                        MARCH,
                        "",
                        null))
            .toList();
    assertThat(values.put(many)).isEqualTo(new Counts(1_200, 0, 0));
    List<String> codes = many.stream().map(DeclaredValue::unit).toList();
    var found = values.of(codes, MARCH);
    assertThat(List.copyOf(found.keySet())).isEqualTo(codes);
    assertThat(found.getOrDefault(codes.get(7), Map.of())).containsValue(many.get(7));
    assertThat(values.of("none", MARCH)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "standardised-school,是,yes",
    "standardised-school,NO,no",
    "cooperation,0,0",
    "cooperation,12.0,12",
    "training-basic,33/33,33/33",
    "training-basic,0/0,0/0",
    "training-basic,7 ／ 18,7/18",
    "fund,100.50,100.5",
    "fund,0.00,0",
    "target-date,2024-02-29,2024-02-29"
  })
  void readsWhatPeopleWrite(String id, String text, String kept) {
    DeclaredIndicator indicator = indicator(id);
    assertThat(indicator.read(text)).isInstanceOf(Reading.Good.class);
    Amount amount = ((Reading.Good) indicator.read(text)).amount();
    assertThat(amount.text()).isEqualTo(kept);
    assertThat(indicator.read(kept)).isEqualTo(new Reading.Good(amount));
  }

  @ParameterizedTest
  @CsvSource({
    "standardised-school,perhaps,not-yes-no",
    "cooperation,-1,not-whole",
    "cooperation,1.5,not-whole",
    "cooperation,10001,out-of-range",
    "training-basic,34/33,pair-order",
    "training-basic,34,not-pair",
    "training-basic,1/10001,out-of-range",
    "fund,-0.01,not-number",
    "fund,1e9,not-number",
    "largest-class,201,out-of-range",
    "target-date,2026-02-29,not-date",
    "target-date,1889-01-01,out-of-range"
  })
  void refusesWhatIsOutsideItsRange(String id, String text, String code) {
    assertThat(indicator(id).read(text)).isInstanceOf(Reading.Bad.class);
    assertThat(((Reading.Bad) indicator(id).read(text)).code()).isEqualTo(code);
  }

  @Test
  void aValueMustFitItsIndicator() {
    assertThatThrownBy(
            () ->
                new DeclaredValue(
                    CODE, DeclaredIndicator.CONTEST, new Amount.Count(3), MARCH, "", null))
        .hasMessageContaining("contest");
    assertThatThrownBy(() -> new Amount.Pair(3, 2)).hasMessageContaining("3");
  }

  @ParameterizedTest
  @EnumSource
  void everyIndicatorHasAnIdAndTwoNames(DeclaredIndicator indicator) {
    assertThat(indicator.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(DeclaredIndicator.of(indicator.id())).isEqualTo(indicator);
    assertThat(indicator.title(Locale.CHINA)).matches(".*\\p{IsHan}.*");
    assertThat(indicator.title(Locale.ENGLISH)).doesNotContainPattern("\\p{IsHan}");
  }

  @Test
  void noTwoIndicatorsHaveTheSameName() {
    assertThat(Arrays.stream(DeclaredIndicator.values()).map(i -> i.title(Locale.CHINA)))
        .doesNotHaveDuplicates();
    assertThat(Arrays.stream(DeclaredIndicator.values()).map(i -> i.title(Locale.ENGLISH)))
        .doesNotHaveDuplicates();
  }

  private static DeclaredIndicator indicator(String id) {
    DeclaredIndicator indicator = DeclaredIndicator.of(id);
    if (indicator == null) {
      throw new IllegalArgumentException(id);
    }
    return indicator;
  }

  private @Nullable DeclaredValue newest(LocalDate date) {
    return values.of(CODE, date).get(DeclaredIndicator.COOPERATION);
  }

  private static DeclaredValue cooperation(int count, LocalDate asOf) {
    return new DeclaredValue(
        CODE, DeclaredIndicator.COOPERATION, new Amount.Count(count), asOf, "", null);
  }
}

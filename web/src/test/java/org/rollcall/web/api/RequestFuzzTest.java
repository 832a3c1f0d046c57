package org.rollcall.web.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.audit.Actor;

/** Whatever stands in a query: a value that can be reckoned with, or a problem of the caller's. */
class RequestFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(
            "2026-09-01T08:00:00+08:00",
            "2026-09-01T08:00:00 08:00",
            "+999999999-12-31T23:59:59-18:00",
            "-999999999-01-01T00:00:00+18:00",
            "2026-02-30",
            "+100000-01-01",
            "0000-01-01",
            "2147483648",
            "-1",
            " 7 ",
            "county")
        .map(text -> text.getBytes(UTF_8));
  }

  private interface Reading<T> {
    T read();
  }

  private static <T> T orNull(Reading<T> reading, T absent) {
    try {
      return reading.read();
    } catch (ApiProblem problem) {
      assertThat(problem.status()).isEqualTo(400);
      assertThat(problem).hasMessageContaining("x");
      assertThat(problem.detailZh()).isNotBlank();
      return absent;
    }
  }

  @MethodSource("seeds")
  @FuzzTest
  void aParameterCanBeReckonedWithOrIsTheCallersProblem(byte[] bytes) {
    Request request =
        new Request(
            Map.of(), Map.of("x", new String(bytes, UTF_8)), Viewer.nobody(), new Actor("", ""));
    assertThat(orNull(() -> request.number("x", 0, 500, 50), 50)).isBetween(0, 500);
    Instant soon = Instant.parse("2026-09-01T00:00:00Z");
    Instant time = orNull(() -> request.time("x") == null ? soon : request.time("x"), soon);
    assertThat(time).isBetween("1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z");
    LocalDate today = LocalDate.of(2026, 9, 1);
    LocalDate day = orNull(() -> request.day("x") == null ? today : request.day("x"), today);
    assertThat(day).isBetween("1970-01-01", "9999-12-31");
  }
}

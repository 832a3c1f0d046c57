package org.rollcall.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.audit.Actor;

class RequestTest {

  private static Request request(String value) {
    return new Request(Map.of(), Map.of("at", value), Viewer.nobody(), new Actor("", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+999999999-12-31T23:59:59-18:00",
        "-999999999-01-01T00:00:00+18:00",
        "1969-12-31T00:00:00Z"
      })
  void aTimeThatCannotBeReckonedWithIsTheCallersProblem(String time) {
    assertThatThrownBy(() -> request(time).time("at"))
        .isInstanceOfSatisfying(
            ApiProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+999999999-12-31", "0000-01-01", "2026-02-30"})
  void aDayThatCannotBeReckonedWithIsTheCallersProblem(String day) {
    assertThatThrownBy(() -> request(day).day("at"))
        .isInstanceOfSatisfying(
            ApiProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @Test
  void anOrdinaryDayIsRead() {
    assertThat(request("2026-09-01").day("at")).isEqualTo(LocalDate.of(2026, 9, 1));
  }
}

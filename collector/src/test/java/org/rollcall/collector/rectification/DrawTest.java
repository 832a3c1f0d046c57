package org.rollcall.collector.rectification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DrawTest {
  private static final List<String> CODES =
      List.of("2144000001", "2144000002", "2144000003", "2144000004");

  /** The order was made once by another program's SHA-256. */
  @Test
  void theOrderIsThatOfTheHashesOfSeedAndCode() {
    assertThat(Draw.of("2026-11-28 广州", CODES, 4))
        .containsExactly("2144000004", "2144000003", "2144000001", "2144000002");
    assertThat(Draw.of("b", CODES, 2)).containsExactly("2144000002", "2144000001");
  }

  @Test
  void theOrderOfTheCodesAndTheirRepetitionChangeNothing() {
    List<String> other =
        List.of("2144000003", "2144000001", "2144000004", "2144000002", "2144000001");
    assertThat(Draw.of("b", other, 9)).isEqualTo(Draw.of("b", CODES, 9)).hasSize(4);
  }
}

package org.rollcall.collector.store.influx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.v1.Observation;

class LinesTest {
  private final Lines lines = new Lines();

  @Test
  void anObservationIsOneLineOfFloats() {
    lines.add("0755 01,a=b", seen(7).putMeasures("up", 1).setReason("a-\"b\"").build());
    assertThat(lines.requests())
        .containsExactly(
            "link,school=0755\\ 01\\,a\\=b,subject=link:wan up=1.0,reason=\"a-\\\"b\\\"\" 7\n");
  }

  @Test
  void anObservationThatCarriesNothingIsAPointAllTheSame() {
    lines.add("s", seen(7).build());
    assertThat(lines.requests()).containsExactly("link,school=s,subject=link:wan reason=\"\" 7\n");
  }

  @Test
  void aRequestHoldsNoMoreLinesThanItMay() {
    for (int i = 0; i <= 2 * Lines.MAX_LINES; i++) {
      lines.add("s", seen(i).putMeasures("up", 1).build());
    }
    List<String> requests = lines.requests();
    assertThat(requests).hasSize(3);
    assertThat(requests.get(0).lines()).hasSize(Lines.MAX_LINES);
    assertThat(requests.get(2)).endsWith(" " + 2 * Lines.MAX_LINES + "\n");
  }

  @Test
  void aRequestIsHalvedBetweenTwoLines() {
    assertThat(Lines.halves("a 1\nb 2\nc 3\n")).containsExactly("a 1\nb 2\n", "c 3\n");
    assertThat(Lines.halves("a 1\nb 2222222222\n")).containsExactly("a 1\n", "b 2222222222\n");
    assertThat(Lines.halves("a 1\n")).containsExactly("a 1\n");
  }

  private static Observation.Builder seen(long millis) {
    return Observation.newBuilder().setSubject("link:wan").setTimeMillis(millis);
  }
}

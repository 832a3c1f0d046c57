package org.rollcall.collector.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.registry.Register;

/**
 * Milliseconds to roll a province up, every region and every rule, from verdicts in memory. Outside
 * the gate; run it by name.
 */
class RollupBenchmark {
  private static final int WARM_UP = 20;
  private static final int ROUNDS = 21;

  @ParameterizedTest(name = "{0} schools")
  @ValueSource(ints = {1_000, 5_000, 25_000})
  void milliseconds(int schools) {
    District district = District.drawn(1, 21, schools);
    Register register = new Register(1, district.regions, district.schools);
    for (int i = 0; i < WARM_UP; i++) {
      once(register, district);
    }
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      once(register, district);
      nanos.add(System.nanoTime() - start);
    }
    nanos.sort(null);
    double median = nanos.get(ROUNDS / 2) / 1e6;
    System.out.printf(
        "{\"schools\":%d,\"regions\":%d,\"rules\":%d,\"medianMillis\":%.2f}%n",
        schools, district.regions.size(), District.PROFILE.rules().size(), median);
  }

  private static void once(Register register, District district) {
    RegionRollup rollup = RegionRollup.of(register, District.PROFILE, district::of);
    assertThat(rollup.schools("440000")).isEqualTo(district.schools.size());
  }
}

package org.rollcall.collector.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinuteCountsTest {
  private static LessonStates drawn(Random random, int minutes) {
    BitSet up = new BitSet();
    BitSet down = new BitSet();
    BitSet planned = new BitSet();
    int state = 0;
    for (int minute = 0; minute < minutes; minute++) {
      state = random.nextInt(5) == 0 ? random.nextInt(4) : state;
      up.set(minute, state == 1);
      down.set(minute, state == 2);
      planned.set(minute, state == 3);
    }
    return LessonStates.of(minutes, up, down, planned);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyMinuteIsCountedAsItIs(long seed) {
    Random random = new Random(seed);
    int minutes = random.nextInt(300);
    MinuteCounts counts = new MinuteCounts(minutes);
    List<LessonStates> machines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      machines.add(drawn(random, minutes));
      counts.add(machines.get(i));
    }
    for (int minute = 0; minute < minutes; minute++) {
      int now = minute;
      counts.next();
      assertThat(counts.up()).isEqualTo(machines.stream().filter(m -> m.isUp(now)).count());
      assertThat(counts.down()).isEqualTo(machines.stream().filter(m -> m.isDown(now)).count());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void downInSomeMinutesIsDownInEachOfThem(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      LessonStates states = drawn(random, 40);
      BitSet some = new BitSet();
      random.ints(random.nextInt(4), 0, 40).forEach(some::set);
      assertThat(states.isDownIn(some)).isEqualTo(some.stream().allMatch(states::isDown));
    }
  }

  @Test
  void daysOfOtherLessonsAreRefused() {
    assertThatThrownBy(() -> new MinuteCounts(40).add(LessonStates.unknown(45)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

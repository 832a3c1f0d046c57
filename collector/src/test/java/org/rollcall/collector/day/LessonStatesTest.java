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

class LessonStatesTest {
  /** One sign a minute: u, d, p or ?. */
  private static LessonStates states(String signs) {
    return LessonStates.of(
        signs.length(), minutes(signs, 'u'), minutes(signs, 'd'), minutes(signs, 'p'));
  }

  private static BitSet minutes(String signs, char sign) {
    BitSet minutes = new BitSet();
    for (int i = 0; i < signs.length(); i++) {
      minutes.set(i, signs.charAt(i) == sign);
    }
    return minutes;
  }

  @Test
  void bothAreUpOnlyWhereEachIs() {
    assertThat(states("uuuudddd??").and(states("ud?pud?p?u"))).isEqualTo(states("ud?pdddp??"));
  }

  @Test
  void anyIsUpWhereOneIs() {
    assertThat(states("uuuudddd??").or(states("ud?pud?p?u"))).isEqualTo(states("uuuuud?p?u"));
  }

  @Test
  void aQuorumIsKnownWhenTheUnknownCouldNotChangeIt() {
    List<LessonStates> seats = List.of(states("uuu?p"), states("uud?p"), states("u?d?p"));
    assertThat(LessonStates.countAtLeast(5, seats, 2)).isEqualTo(states("uud?p"));
    assertThat(LessonStates.countAtLeast(5, List.of(), 1)).isEqualTo(states("ddddd"));
  }

  @Test
  void plannedMinutesArePlannedWhateverWasSeen() {
    BitSet all = new BitSet();
    all.set(0, 3);
    assertThat(LessonStates.of(3, all, new BitSet(), all).availability())
        .isEqualTo(new Availability(0, 0, 0, 3));
  }

  @Test
  void aMinuteUpAndDownOrAfterTheLessonsIsRefused() {
    BitSet all = new BitSet();
    all.set(0, 3);
    assertThatThrownBy(() -> LessonStates.of(3, all, all, new BitSet()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LessonStates.of(2, all, new BitSet(), new BitSet()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> states("uu").and(states("u")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void availabilityHasBothBoundsWithoutMaintenance() {
    Availability availability = new Availability(90, 5, 5, 20);
    assertThat(availability.minutes()).isEqualTo(120);
    assertThat(availability.low()).isEqualTo(0.9);
    assertThat(availability.high()).isEqualTo(0.95);
    assertThat(new Availability(0, 0, 0, 9).low()).isNull();
    assertThat(availability.plus(Availability.NONE)).isEqualTo(availability);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theQuorumIsWhatCountingEachMinuteGives(long seed) {
    Random random = new Random(seed);
    int minutes = 1 + random.nextInt(300);
    List<String> seats = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(60); i++) {
      StringBuilder signs = new StringBuilder();
      while (signs.length() < minutes) {
        signs.append("ud?".charAt(random.nextInt(3)));
      }
      seats.add(signs.toString());
    }
    int least = (seats.size() * 8 + 9) / 10;
    LessonStates quorum =
        LessonStates.countAtLeast(
            minutes, seats.stream().map(LessonStatesTest::states).toList(), least);
    for (int minute = 0; minute < minutes; minute++) {
      int at = minute;
      long up = seats.stream().filter(s -> s.charAt(at) == 'u').count();
      long down = seats.stream().filter(s -> s.charAt(at) == 'd').count();
      assertThat(quorum.isUp(minute)).isEqualTo(up >= least);
      assertThat(quorum.isDown(minute)).isEqualTo(seats.size() - down < least);
    }
    assertThat(quorum.availability().minutes()).isEqualTo(minutes);
  }
}

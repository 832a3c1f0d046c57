package org.rollcall.agent.pjlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.Schedule;
import org.rollcall.protocol.v1.Observation;

/** Projectors that keep to nothing, byte by byte. */
class PjlinkBadAnswersTest {
  private static final Bench BENCH = new Bench();

  @AfterAll
  static void stop() {
    BENCH.close();
  }

  /** Neither up nor down: somebody is there, and does not say what it is. */
  private static void assertUnknown(Observation seen, String reason) {
    assertThat(seen.getReason()).isEqualTo(reason);
    assertThat(seen.getMeasuresMap()).isEmpty();
  }

  private static void assertUnreachable(Observation seen, String reason) {
    assertThat(seen.getReason()).isEqualTo(reason);
    assertThat(seen.getMeasuresMap()).isEqualTo(Map.of("state", 5.0, "up", 0.0));
  }

  @Test
  void aProjectorThatHangsUpInTheMiddleOfALineHungUp() throws IOException {
    try (ScriptedProjector projector =
        new ScriptedProjector(
            (talk, connection) -> {
              talk.say("PJLINK 0\r");
              talk.line();
              talk.say("%1PO");
            })) {
      assertUnknown(Bench.look(BENCH.probe(projector)), "hung-up");
    }
  }

  @Test
  void aProjectorThatHangsUpAfterItsPowerWasToldHasThatTold() throws IOException {
    try (ScriptedProjector projector =
        new ScriptedProjector(
            (talk, connection) -> {
              talk.say("PJLINK 0\r");
              talk.line();
              talk.say("%1POWR=1\r");
              talk.line();
            })) {
      Observation seen = Bench.look(BENCH.probe(projector));
      assertThat(seen.getReason()).isEqualTo("hung-up");
      assertThat(seen.getMeasuresMap()).isEqualTo(Map.of("state", 1.0, "up", 1.0, "power", 1.0));
    }
  }

  @Test
  void aProjectorThatHangsUpBeforeItGreetsHungUp() throws IOException {
    try (ScriptedProjector projector = new ScriptedProjector((talk, connection) -> {})) {
      assertUnknown(Bench.look(BENCH.probe(projector)), "hung-up");
    }
  }

  @Test
  void aLineThatNeverEndsIsATimeout() throws IOException {
    try (ScriptedProjector projector = ScriptedProjector.answering("%1POWR=1")) {
      assertUnknown(Bench.look(BENCH.probe(projector.address(), null, Bench.SHORT)), "timeout");
    }
  }

  @Test
  void aProjectorThatNeverGreetsIsUnreachable() throws IOException {
    try (ScriptedProjector projector =
        new ScriptedProjector((talk, connection) -> talk.untilTheOtherCloses())) {
      assertUnreachable(Bench.look(BENCH.probe(projector.address(), null, Bench.SHORT)), "timeout");
    }
  }

  @Test
  void anAnswerThatComesTooLateIsNotTakenForTheNextOne() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedProjector projector =
        new ScriptedProjector(
            (talk, connection) -> {
              talk.say("PJLINK 0\r");
              talk.line();
              if (connection == 1) {
                talk.untilTheOtherCloses();
                over.countDown();
                talk.say("%1POWR=0\r");
              } else {
                talk.say("%1POWR=1\r");
                talk.line();
                talk.say("%1ERST=000000\r");
                talk.untilTheOtherCloses();
              }
            })) {
      Probe probe = BENCH.probe(projector.address(), null, Bench.SHORT);
      assertUnknown(Bench.look(probe), "timeout");
      await().until(() -> over.getCount() == 0);
      assertThat(Bench.look(probe).getMeasuresMap()).containsEntry("power", 1.0);
    }
  }

  @Test
  void anAnswerToldTwiceCountsOnce() throws IOException {
    try (ScriptedProjector projector =
        ScriptedProjector.answering(
            "%1POWR=0\r%1POWR=0\r", "%1POWR=1\r%1ERST=010000\r%1ERST=222222\r")) {
      Observation seen = Bench.look(BENCH.probe(projector));
      assertThat(seen.getReason()).isEmpty();
      assertThat(seen.getMeasuresMap())
          .isEqualTo(Map.of("state", 2.0, "up", 1.0, "power", 0.0, "faultBits", 4.0));
    }
  }

  @Test
  void answersToWhatWasNotAskedAreReadForAWhileOnly() throws IOException {
    String[] strays = new String[Session.MOST_STRAY_LINES + 1];
    Arrays.fill(strays, "%1NAME=x\r");
    try (ScriptedProjector projector = ScriptedProjector.answering(String.join("", strays))) {
      assertUnknown(Bench.look(BENCH.probe(projector)), "bad-answer");
    }
  }

  @Test
  void aLineOfAMegabyteIsCutOff() throws IOException {
    byte[] much = new byte[1 << 20];
    Arrays.fill(much, (byte) '1');
    String line = new String(much, java.nio.charset.StandardCharsets.US_ASCII);
    try (ScriptedProjector projector = ScriptedProjector.answering("%1POWR=" + line)) {
      assertUnknown(Bench.look(BENCH.probe(projector)), "line-too-long");
    }
  }

  @Test
  void aGreetingOfAMegabyteIsCutOffToo() throws IOException {
    byte[] much = new byte[1 << 20];
    try (ScriptedProjector projector =
        new ScriptedProjector(
            (talk, connection) -> {
              talk.say(new String(much, java.nio.charset.StandardCharsets.US_ASCII));
              talk.untilTheOtherCloses();
            })) {
      assertUnknown(Bench.look(BENCH.probe(projector)), "line-too-long");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 400 Bad Request",
        "PJLINK",
        "PJLINK 3",
        "PJLINK 1",
        "PJLINK 1 xyz",
        "PJLINK 1 498e4a6",
        "PJLINK 1 498e4a678",
        "PJLINK ERRA",
        "%1POWR=1"
      })
  void aGreetingThatIsNoneIsABadAnswer(String greeting) throws IOException {
    try (ScriptedProjector projector =
        new ScriptedProjector(
            (talk, connection) -> {
              talk.say(greeting + "\r");
              talk.untilTheOtherCloses();
            })) {
      assertUnknown(
          Bench.look(BENCH.probe(projector.address(), "secret", Bench.LONG)), "bad-answer");
      assertThat(projector.heard()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ERR1, , bad-answer",
    "ERR2, , bad-answer",
    "ERR3, 2, busy",
    "ERR4, 4, fault",
    "err3x, , bad-answer",
    "4, , bad-answer",
    "01, , bad-answer",
    "'', , bad-answer",
    "ON, , bad-answer"
  })
  void whatPowerMayBeAnsweredWith(String answer, Double state, String reason) throws IOException {
    try (ScriptedProjector projector =
        ScriptedProjector.answering("%1POWR=" + answer + "\r", "%1ERST=000000\r")) {
      Observation seen = Bench.look(BENCH.probe(projector));
      assertThat(seen.getReason()).isEqualTo(reason);
      assertThat(seen.getMeasuresMap().get("state")).isEqualTo(state);
      assertThat(seen.containsMeasures("up")).isEqualTo(state != null);
    }
  }

  @ParameterizedTest
  @CsvSource({"ERR1", "ERR2", "ERR3", "00000", "0000000", "00300x", "''"})
  void faultsThatCannotBeReadAreAbsent(String answer) throws IOException {
    try (ScriptedProjector projector =
        ScriptedProjector.answering("%1POWR=0\r", "%1ERST=" + answer + "\r")) {
      Observation seen = Bench.look(BENCH.probe(projector));
      assertThat(seen.getReason()).isEmpty();
      assertThat(seen.getMeasuresMap()).isEqualTo(Map.of("state", 2.0, "up", 1.0, "power", 0.0));
    }
  }

  @ParameterizedTest
  @CsvSource({"ERR2", "-1 1", "99999999999 1", "a 1 b 0", "''"})
  void lampsThatCannotBeReadAreAbsent(String answer) throws IOException {
    try (ScriptedProjector projector =
        ScriptedProjector.answering(
            "%1POWR=1\r",
            "%1ERST=000000\r",
            "%1CLSS=1\r",
            "%1INF1=\u0007Epson\r",
            "%1INF2=EB\r",
            "%1LAMP=" + answer + "\r")) {
      Observation seen = Bench.look(BENCH.probe(projector));
      assertThat(seen.getReason()).isEmpty();
      assertThat(seen.getMeasuresMap()).containsOnlyKeys("state", "up", "power", "faultBits");
    }
  }

  @Test
  void aProjectorThatRefusesIsUnreachable() throws IOException {
    ScriptedProjector gone = ScriptedProjector.answering();
    String address = gone.address();
    gone.close();
    assertUnreachable(Bench.look(BENCH.probe(address, null, Bench.LONG)), "refused");
  }

  @Test
  void aNameNobodyKnowsTellsNothingOfTheProjector() {
    assertUnknown(
        Bench.look(BENCH.probe("no-such-host.invalid", null, Bench.LONG)), "unknown-host");
  }

  /** All of the above at once, beside one that works: it is told, and so is each of the others. */
  @Test
  void whateverOneProjectorDoesTheOthersAreStillSeen() throws IOException {
    List<ScriptedProjector> all = new ArrayList<>();
    Map<String, Observation> seen = new ConcurrentHashMap<>();
    try {
      all.add(ScriptedProjector.answering("%1POWR=0\r", "%1ERST=000000\r"));
      all.add(ScriptedProjector.answering("%1POWR=1"));
      all.add(new ScriptedProjector((talk, connection) -> {}));
      all.add(new ScriptedProjector((talk, connection) -> talk.untilTheOtherCloses()));
      all.add(ScriptedProjector.answering("%1POWR=" + "1".repeat(100_000)));
      List<Probe> probes = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        probes.add(
            BENCH.probe(
                "projector:p" + i, all.get(i).address(), null, i == 0 ? Bench.LONG : Bench.SHORT));
      }
      try (Schedule schedule =
          new Schedule(
              probes,
              Clock.systemUTC(),
              RandomGenerator.of("L64X128MixRandom"),
              told -> seen.put(told.getSubject(), told))) {
        schedule.start();
        await().until(() -> seen.size() == all.size());
        assertThat(schedule.counts().failed()).isZero();
      }
      assertThat(seen.values())
          .extracting(Observation::getSubject, Observation::getReason)
          .containsExactlyInAnyOrder(
              tuple("projector:p0", ""),
              tuple("projector:p1", "timeout"),
              tuple("projector:p2", "hung-up"),
              tuple("projector:p3", "timeout"),
              tuple("projector:p4", "line-too-long"));
    } finally {
      all.forEach(ScriptedProjector::close);
    }
  }
}

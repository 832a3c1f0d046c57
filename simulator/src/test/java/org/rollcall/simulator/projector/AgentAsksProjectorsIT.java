package org.rollcall.simulator.projector;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rollcall.agent.pjlink.PjlinkProbes;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.simulator.projector.ProjectorModel.Scheme;

/** The agent's own probe and projectors with every manner and fault they may have. */
class AgentAsksProjectorsIT {
  private static final String PASSWORD = "JBMIAProjectorLink";
  private static final Clock CLOCK = Clock.systemUTC();
  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private static final NameLookup NAMES = new NameLookup(CLOCK);

  /** Longer than any machine needs for an answer that comes. */
  private static final Duration LONG = Duration.ofSeconds(60);

  /** Where the point is that none comes. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final Projectors projectors =
      new Projectors(CLOCK, RandomGenerator.of("L64X128MixRandom"));

  @AfterAll
  static void stop() {
    NAMES.close();
    LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @BeforeEach
  void start() {
    projectors.start();
  }

  @AfterEach
  void close() {
    projectors.close();
  }

  private Projectors.Seat put(ProjectorModel model, boolean on) {
    return projectors.add(new Projector(model, SwitchedPower.instant(on), CLOCK));
  }

  private static Probe probe(Projectors.Seat seat, Duration patience) {
    Credential password = new Credential(null, null, null, null, null, null, PASSWORD);
    boolean locked = seat.projector().asksForPassword();
    return new PjlinkProbes(
            new Credentials(Map.of("projectors", password)), LOOPS, NAMES, CLOCK, patience)
        .probe(
            new DeviceSettings(
                "projector:c0301",
                "pjlink",
                seat.address(),
                Duration.ofSeconds(30),
                locked ? Map.of("credential", "projectors") : Map.of()));
  }

  private static Observation look(Probe probe) {
    List<Observation> seen =
        probe
            .run(Instant.parse("2026-03-02T01:00:00Z"))
            .toCompletableFuture()
            .orTimeout(120, TimeUnit.SECONDS)
            .join();
    assertThat(seen).hasSize(1);
    return seen.get(0);
  }

  @ParameterizedTest
  @CsvSource({"1, NONE", "2, NONE", "1, MD5", "2, MD5", "2, SHA256"})
  void everyClassAndEverySchemeIsRead(int pjlinkClass, Scheme scheme) {
    ProjectorModel model = ProjectorModel.plain(pjlinkClass);
    Projectors.Seat seat = put(scheme == Scheme.NONE ? model : model.with(scheme, PASSWORD), true);
    seat.projector().faults("000010");
    seat.projector().lampHours(2000, 12);
    seat.projector().filterHours(345);
    Probe probe = probe(seat, LONG);
    for (int look = 0; look < 2; look++) {
      Observation seen = look(probe);
      assertThat(seen.getReason()).isEmpty();
      assertThat(seen.getMeasuresMap())
          .containsEntry("state", 1.0)
          .containsEntry("up", 1.0)
          .containsEntry("faultBits", 256.0)
          .containsEntry("lampHours", 2000.0)
          .containsEntry("lampHours2", 12.0);
      assertThat(seen.getMeasuresMap().get("filterHours"))
          .isEqualTo(pjlinkClass == 2 ? Double.valueOf(345) : null);
    }
    assertThat(seat.connections())
        .as("one connection a look, and one more to learn that MD5 must do")
        .isEqualTo(scheme == Scheme.MD5 ? 3 : 2);
  }

  @Test
  void aProjectorIsFollowedFromStandbyThroughWarmingToOnAndBack() {
    Projectors.Seat seat =
        projectors.add(
            new Projector(
                ProjectorModel.plain(1),
                new SwitchedPower(false, Duration.ofHours(1), Duration.ofHours(1)),
                CLOCK));
    Probe probe = probe(seat, LONG);
    assertThat(look(probe).getMeasuresMap())
        .containsEntry("state", 2.0)
        .containsEntry("power", 0.0);
    seat.projector().turn(true);
    assertThat(look(probe).getMeasuresMap())
        .containsEntry("state", 1.0)
        .containsEntry("power", 3.0);
    seat.projector().turn(false);
    assertThat(look(probe).getMeasuresMap())
        .containsEntry("state", 2.0)
        .containsEntry("power", 2.0);
    seat.unplug();
    Observation gone = look(probe);
    assertThat(gone.getMeasuresMap()).isEqualTo(Map.of("state", 5.0, "up", 0.0));
    assertThat(gone.getReason()).isEqualTo("refused");
  }

  @ParameterizedTest
  @EnumSource(
      value = Quirk.class,
      names = {
        "CLASS_IN_WORDS",
        "CLASS_AS_VERSION",
        "UNAVAILABLE_UNLESS_ON",
        "SILENT_UNLESS_ON",
        "ONE_CONNECTION",
        "ENDS_LINES_WITH_CRLF",
        "NO_LAMP_COUNT",
        "NO_COVER_SWITCH",
        "ANSWERS_TWICE",
        "ANSWERS_LATE"
      })
  void mannersDoNotKeepAProjectorFromBeingRead(Quirk quirk) {
    Projectors.Seat seat = put(ProjectorModel.plain(2).with(quirk), true);
    seat.projector().faults("000110");
    Observation seen = look(probe(seat, LONG));
    assertThat(seen.getReason()).isEmpty();
    assertThat(seen.getMeasuresMap())
        .containsEntry("state", 1.0)
        .containsEntry("filterHours", 40.0)
        .containsEntry("faultBits", quirk == Quirk.NO_COVER_SWITCH ? 256.0 : 320.0);
    assertThat(seen.containsMeasures("lampHours")).isEqualTo(quirk != Quirk.NO_LAMP_COUNT);
  }

  @ParameterizedTest
  @CsvSource({
    "HANGS_UP_MID_LINE, hung-up",
    "HANGS_UP_AT_ONCE, hung-up",
    "NEVER_ENDS_ITS_LINE, timeout",
    "ENDLESS_LINE, line-too-long",
    "ANSWERS_LATE, timeout",
    "GREETS_WITH_GARBAGE, bad-answer"
  })
  void whoIsThereAndTellsNothingIsUnknown(Quirk quirk, String reason) {
    boolean silent = reason.equals("timeout");
    Observation seen =
        look(probe(put(ProjectorModel.plain(1).with(quirk), true), silent ? SHORT : LONG));
    assertThat(seen.getReason()).isEqualTo(reason);
    assertThat(seen.getMeasuresMap()).isEmpty();
  }

  @Test
  void whoNeverGreetsIsUnreachable() {
    Observation seen =
        look(probe(put(ProjectorModel.plain(1).with(Quirk.NEVER_GREETS), true), SHORT));
    assertThat(seen.getReason()).isEqualTo("timeout");
    assertThat(seen.getMeasuresMap()).isEqualTo(Map.of("state", 5.0, "up", 0.0));
  }

  @Test
  void unavailableInStandbyIsStandby() {
    Observation seen =
        look(probe(put(ProjectorModel.plain(1).with(Quirk.UNAVAILABLE_UNLESS_ON), false), LONG));
    assertThat(seen.getReason()).isEqualTo("busy");
    assertThat(seen.getMeasuresMap()).isEqualTo(Map.of("state", 2.0, "up", 1.0));
  }

  @Test
  void silentInStandbyIsUnknownUntilItIsOn() {
    Projectors.Seat seat = put(ProjectorModel.plain(1).with(Quirk.SILENT_UNLESS_ON), false);
    Observation silent = look(probe(seat, SHORT));
    assertThat(silent.getReason()).isEqualTo("timeout");
    assertThat(silent.getMeasuresMap()).isEmpty();
    seat.projector().turn(true);
    assertThat(look(probe(seat, LONG)).getMeasuresMap()).containsEntry("state", 1.0);
  }

  @Test
  void aProjectorThatIgnoresSha256IsReadByMd5() {
    Projectors.Seat seat =
        put(ProjectorModel.plain(1).with(Scheme.MD5, PASSWORD).with(Quirk.IGNORES_SHA256), true);
    assertThat(look(probe(seat, SHORT)).getMeasuresMap()).containsEntry("state", 1.0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Scheme.class,
      names = {"MD5", "SHA256"})
  void aWrongPasswordIsToldAsSuch(Scheme scheme) {
    Projectors.Seat seat = put(ProjectorModel.plain(2).with(scheme, "somethingElse"), true);
    Observation seen = look(probe(seat, LONG));
    assertThat(seen.getReason()).isEqualTo("wrong-password");
    assertThat(seen.getMeasuresMap()).isEmpty();
    assertThat(seat.takeCommands()).isEmpty();
  }

  @Test
  void whereAnotherControllerHoldsTheOnlyConnectionTheProjectorIsUnknown() throws IOException {
    Projectors.Seat seat = put(ProjectorModel.plain(1).with(Quirk.ONE_CONNECTION), true);
    String address = seat.address();
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), port)) {
      assertThat(other.getInputStream().read()).isEqualTo('P');
      Observation seen = look(probe(seat, LONG));
      assertThat(seen.getReason()).isEqualTo("hung-up");
      assertThat(seen.getMeasuresMap()).isEmpty();
    }
  }

  @Test
  void aProjectorThatLocksUpWhenAskedOftenIsUnreachableFromThenOn() {
    Clock standing = Clock.fixed(CLOCK.instant(), ZoneOffset.UTC);
    try (Projectors asked = new Projectors(standing, RandomGenerator.of("L64X128MixRandom"))) {
      asked.start();
      ProjectorModel model = ProjectorModel.plain(1).with(Quirk.LOCKS_UP_WHEN_ASKED_OFTEN);
      Projectors.Seat seat = asked.add(new Projector(model, SwitchedPower.instant(true), standing));
      for (int look = 0; look < 2; look++) {
        assertThat(look(probe(seat, LONG)).getMeasuresMap()).containsEntry("state", 1.0);
      }
      assertThat(look(probe(seat, SHORT)).getMeasuresMap()).containsEntry("state", 5.0);
    }
  }
}

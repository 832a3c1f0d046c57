package org.rollcall.simulator.projector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.simulator.projector.ProjectorModel.Scheme;

/** Whether somebody else's controller takes the emulator for a projector. */
class ProjectorsPeerIT {
  private static final String PASSWORD = "JBMIAProjectorLink";

  private static PeerClient peer;

  private final Projectors projectors =
      new Projectors(Clock.systemUTC(), RandomGenerator.of("L64X128MixRandom"));

  @BeforeAll
  static void install() throws Exception {
    peer = PeerClient.installed();
  }

  @BeforeEach
  void start() {
    projectors.start();
  }

  @AfterEach
  void close() {
    projectors.close();
  }

  private Projectors.Seat put(ProjectorModel model, PowerScript power) {
    return projectors.add(new Projector(model, power, Clock.systemUTC()));
  }

  @Test
  void theIndependentClientReadsAProjectorWithoutAPassword() throws Exception {
    Projectors.Seat seat = put(ProjectorModel.plain(1).named("三年级1班"), SwitchedPower.instant(true));
    seat.projector().faults("010002");
    seat.projector().lampHours(1200, 35);
    JsonNode told =
        peer.ask(
            seat.address(),
            null,
            "getPowerState",
            "getErrors",
            "getLamps",
            "getName",
            "getManufacturer",
            "getModel",
            "getClass",
            "getInput",
            "getInputs",
            "getMute");
    assertThat(told.get("getPowerState").asInt()).isEqualTo(1);
    assertThat(told.get("getErrors").get("lamp").asText()).isEqualTo("warning");
    assertThat(told.get("getErrors").get("other").asText()).isEqualTo("error");
    assertThat(told.get("getErrors").get("fan").asBoolean()).isFalse();
    assertThat(told.get("getLamps")).hasSize(2);
    assertThat(told.get("getLamps").get(0).get("hours").asInt()).isEqualTo(1200);
    assertThat(told.get("getName").asText()).isEqualTo("三年级1班");
    assertThat(told.get("getManufacturer").asText()).isEqualTo("Epson");
    assertThat(told.get("getModel").asText()).isEqualTo("EB-100");
    assertThat(told.get("getClass").asText()).isEqualTo("1");
    assertThat(told.get("getInput").get("code").asText()).isEqualTo("31");
    assertThat(told.get("getInputs")).hasSize(5);
    assertThat(told.get("getMute").get("video").asBoolean()).isFalse();
  }

  @Test
  void theIndependentClientIsLetInByItsMd5Digest() throws Exception {
    Projectors.Seat seat =
        put(
            ProjectorModel.plain(2).with(Scheme.MD5, PASSWORD),
            new SwitchedPower(false, Duration.ofMinutes(5), Duration.ofMinutes(5)));
    JsonNode told =
        peer.ask(
            seat.address(), PASSWORD, "getPowerState", "setPowerState:1", "getErrors", "getMute");
    assertThat(told.get("getPowerState").asInt()).isZero();
    assertThat(told.get("setPowerState").asText()).isEqualToIgnoringCase("ok");
    assertThat(told.get("getErrors").isNull() || told.get("getErrors").asText().equals("ok"))
        .as("no errors: %s", told)
        .isTrue();
    assertThat(told.get("getMute").get("error").asText()).contains("Unavailable");
    assertThat(seat.projector().power()).isEqualTo(Power.WARMING);
    assertThat(seat.takeCommands()).first().isEqualTo("%1POWR ?");
  }

  @Test
  void aProjectorThatKnowsSha256TakesMd5AsWell() throws Exception {
    Projectors.Seat seat =
        put(ProjectorModel.plain(2).with(Scheme.SHA256, PASSWORD), SwitchedPower.instant(true));
    JsonNode told = peer.ask(seat.address(), PASSWORD, "getPowerState");
    assertThat(told.get("getPowerState").asInt()).isEqualTo(1);
  }

  @Test
  void theIndependentClientIsTurnedAwayWithAWrongPassword() throws Exception {
    Projectors.Seat seat =
        put(ProjectorModel.plain(1).with(Scheme.MD5, PASSWORD), SwitchedPower.instant(true));
    JsonNode told = peer.ask(seat.address(), "guessed", "getPowerState");
    assertThat(told.get("getPowerState").get("error").asText()).contains("Authorization failed");
    assertThat(seat.takeCommands()).isEmpty();
  }

  @Test
  void aLaserHasNoLampsForTheIndependentClient() throws Exception {
    Projectors.Seat seat =
        put(ProjectorModel.plain(1).with(Quirk.NO_LAMP_COUNT), SwitchedPower.instant(true));
    JsonNode told = peer.ask(seat.address(), null, "getLamps");
    assertThat(told.get("getLamps").get("error").asText()).isEqualTo("Undefined command");
  }
}

package org.rollcall.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.Topics;
import org.rollcall.protocol.v1.Command;
import org.rollcall.protocol.v1.Configuration;
import org.rollcall.protocol.v1.LookNow;
import org.rollcall.protocol.v1.Sweep;

class CommandsTest {
  private static final String AGENT = "a-abcdefghijklmnopqrst";
  private static final long NOW = Instant.parse("2026-11-20T08:00:00Z").toEpochMilli();

  private final List<Command> looks = new ArrayList<>();
  private final List<Configuration> configurations = new ArrayList<>();
  private long localMillis = NOW;
  private long nanos;
  private final CollectorClock clock =
      new CollectorClock(() -> Instant.ofEpochMilli(localMillis), () -> nanos);
  private final Commands commands = commands();

  private Commands commands() {
    Commands made = new Commands(AGENT, clock, () -> Instant.ofEpochMilli(localMillis));
    made.on(Command.WhatCase.LOOK_NOW, looks::add);
    made.onConfiguration(
        told -> {
          configurations.add(told);
          return null;
        });
    return made;
  }

  private static Command look(String id, long expires) {
    return Command.newBuilder()
        .setId(id)
        .setExpiresMillis(expires)
        .setLookNow(LookNow.newBuilder().addSubjects("link:wan"))
        .build();
  }

  private void receive(Command command) {
    commands.received(Topics.command(AGENT), command.toByteArray());
  }

  @Test
  void aCommandGoesToTheHandlerOfItsKindOnce() {
    receive(look("1", NOW + 1));
    receive(look("1", NOW + 1));
    receive(look("2", NOW + 1));
    assertThat(looks).extracting(Command::getId).containsExactly("1", "2");
    assertThat(commands.counts().repeated()).isEqualTo(1);
  }

  @Test
  void whatCameTooLateIsNotDone() {
    receive(look("1", NOW));
    receive(look("2", 0));
    assertThat(looks).isEmpty();
    assertThat(commands.counts().expired()).isEqualTo(2);
  }

  @Test
  void expiryGoesByTheCollectorsClockHoweverWrongThisOneIs() {
    long year = 365L * 86_400_000;
    clock.told(NOW, 20_000_000, 0);
    localMillis = NOW - year;
    receive(look("1", NOW));
    localMillis = NOW + year;
    receive(look("2", NOW + 60_000));
    assertThat(looks).extracting(Command::getId).containsExactly("2");
  }

  @Test
  void rubbishIsCountedAndNothingStops() {
    byte[] noise = new byte[300];
    new Random(3).nextBytes(noise);
    noise[0] = (byte) 0xff;
    commands.received(Topics.command(AGENT), noise);
    commands.received(Topics.config(AGENT), "{\"yaml\":1}".getBytes(StandardCharsets.UTF_8));
    commands.received(Topics.command("a-other"), look("1", NOW + 1).toByteArray());
    commands.received(Topics.command(AGENT), new byte[Limits.MAX_PACKET_BYTES]);
    commands.received(Topics.command(AGENT), new byte[0]);
    commands.received(Topics.config(AGENT), new byte[0]);
    receive(look("x".repeat(65), NOW + 1));
    assertThat(commands.counts().malformed()).isEqualTo(7);
    receive(look("1", NOW + 1));
    assertThat(looks).hasSize(1);
  }

  @Test
  void aKindWithoutAHandlerIsCounted() {
    receive(
        Command.newBuilder()
            .setId("1")
            .setExpiresMillis(NOW + 1)
            .setSweep(Sweep.getDefaultInstance())
            .build());
    receive(Command.newBuilder().setId("2").setExpiresMillis(NOW + 1).build());
    assertThat(commands.counts().unknown()).isEqualTo(2);
  }

  @Test
  void aHandlerThatFailsCostsItsOwnCommandAlone() {
    commands.on(
        Command.WhatCase.SWEEP,
        command -> {
          throw new IllegalStateException("broken");
        });
    receive(
        Command.newBuilder()
            .setId("1")
            .setExpiresMillis(NOW + 1)
            .setSweep(Sweep.getDefaultInstance())
            .build());
    receive(look("2", NOW + 1));
    assertThat(looks).hasSize(1);
  }

  @Test
  void onlySoManyCommandsAreRemembered() {
    for (int i = 0; i < 1_000; i++) {
      receive(look("c" + i, NOW + 1));
    }
    receive(look("c999", NOW + 1));
    assertThat(looks).hasSize(1_000);
    receive(look("c0", NOW + 1));
    assertThat(looks).as("forgotten, and past its time by then").hasSize(1_001);
  }

  @Test
  void aConfigurationIsHandedOver() {
    Configuration told = Configuration.newBuilder().setRevision(3).setYaml("devices: []").build();
    commands.received(Topics.config(AGENT), told.toByteArray());
    assertThat(configurations).containsExactly(told);
  }
}

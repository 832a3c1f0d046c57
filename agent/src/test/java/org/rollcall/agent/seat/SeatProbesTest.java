package org.rollcall.agent.seat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.switches.SwitchOnLoopback;
import org.rollcall.protocol.v1.Observation;

class SeatProbesTest {
  private static final String MAC = "00:1b:00:00:00:07";
  private static final Credentials CREDENTIALS =
      new Credentials(Map.of("sw", Credential.community("public")));

  private static SeatProbes family(SwitchOnLoopback at) {
    return new SeatProbes(at.tables(), CREDENTIALS, Clock.systemUTC());
  }

  private static DeviceSettings entry(
      SwitchOnLoopback at, String subject, Map<String, String> options) {
    return entry("127.0.0.1:" + at.device().at().port(), subject, options);
  }

  private static DeviceSettings entry(String address, String subject, Map<String, String> options) {
    return new DeviceSettings(subject, "switch-port", address, Duration.ofSeconds(60), options);
  }

  private static List<Observation> look(Probe probe) {
    try {
      return probe.run(Instant.now()).toCompletableFuture().get(180, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new AssertionError("no outcome", failed);
    }
  }

  private static void saw(Observation seen, String measures, String reason) {
    assertThat(
            "state=%s up=%s"
                .formatted(
                    seen.getMeasuresOrDefault("state", -1), seen.getMeasuresOrDefault("up", -1)))
        .isEqualTo(measures);
    assertThat(seen.getReason()).isEqualTo(reason);
  }

  private static void find(
      SwitchOnLoopback at, Map<String, String> options, String measures, String reason) {
    saw(look(family(at).probe(entry(at, "pc:r1-07", options))).get(0), measures, reason);
  }

  @Test
  void aPcWhoseAddressWasLearntOnAPortThatIsUpIsOn() {
    try (SwitchOnLoopback at = new SwitchOnLoopback()) {
      at.port(3, "GE0/0/3", true).forwards(MAC, 3, 3);
      find(at, Map.of("mac", MAC), "state=1.0 up=1.0", "");
      find(at, Map.of("mac", "001B-0000-0007"), "state=1.0 up=1.0", "");
    }
  }

  @ParameterizedTest(name = "port up: {0}")
  @CsvSource({"true, state=1.0 up=1.0, ''", "false, state=3.0 up=0.0, port-down"})
  void byItsPortAPcIsOnWhileThereIsALink(boolean up, String measures, String reason) {
    try (SwitchOnLoopback at = new SwitchOnLoopback()) {
      at.port(3, "GE0/0/3", up).port(4, "GE0/0/4", !up);
      find(at, Map.of("ifName", "ge0/0/3"), measures, reason);
      assertThat(at.responder().requests.get()).isPositive();
    }
  }

  @Test
  void aPortThatIsUpWithoutTheAddressSaysNothing() {
    // Wake-on-LAN keeps the link up, and a silent PC ages out of the table.
    try (SwitchOnLoopback at = new SwitchOnLoopback()) {
      at.port(3, "GE0/0/3", true).forwards("00:1b:00:00:00:01", 4, 3);
      find(at, Map.of("mac", MAC, "ifName", "GE0/0/3"), "state=-1.0 up=-1.0", "not-in-table");
      find(at, Map.of("mac", MAC), "state=-1.0 up=-1.0", "not-in-table");
    }
  }

  @Test
  void aPcIsRememberedAtThePortWhereItWasLast() {
    try (SwitchOnLoopback at = new SwitchOnLoopback()) {
      at.port(3, "GE0/0/3", true).forwards(MAC, 3, 3);
      Probe probe = family(at).probe(entry(at, "pc:r1-07", Map.of("mac", MAC)));
      saw(look(probe).get(0), "state=1.0 up=1.0", "");
      at.forgets(MAC).port(3, "GE0/0/3", false);
      saw(look(probe).get(0), "state=3.0 up=0.0", "port-down");
      at.port(3, "GE0/0/3", true);
      saw(look(probe).get(0), "state=-1.0 up=-1.0", "not-in-table");
    }
  }

  @Test
  void whatStandsInTheTableOfAPortThatIsDownIsOfBefore() {
    try (SwitchOnLoopback at = new SwitchOnLoopback()) {
      at.port(3, "GE0/0/3", false).forwards(MAC, 3, 3);
      find(at, Map.of("mac", MAC), "state=3.0 up=0.0", "port-down");
    }
  }

  @Test
  void anAddressThatSomebodyWroteThereIsNoSignOfLife() {
    try (SwitchOnLoopback at = new SwitchOnLoopback()) {
      at.port(3, "GE0/0/3", true).forwards(MAC, 3, 5);
      find(at, Map.of("mac", MAC), "state=-1.0 up=-1.0", "static-entry");
    }
  }

  @Test
  void aPcThatWasMovedIsFoundWhereItIsNow() {
    try (SwitchOnLoopback at = new SwitchOnLoopback()) {
      at.port(3, "GE0/0/3", false).port(9, "GE0/0/9", true).forwards(MAC, 9, 3);
      find(at, Map.of("mac", MAC, "ifName", "GE0/0/3"), "state=1.0 up=1.0", "");
    }
  }

  @Test
  void aPortThatIsNotThereIsSaid() {
    try (SwitchOnLoopback at = new SwitchOnLoopback()) {
      at.port(3, "GE0/0/3", true);
      find(at, Map.of("ifName", "GE0/0/33"), "state=-1.0 up=-1.0", "no-such-interface");
    }
  }

  @Test
  void ofASilentSwitchNothingIsKnownOfItsSeats() {
    try (SwitchOnLoopback at = new SwitchOnLoopback(Duration.ofMillis(200))) {
      at.responder().manner(answer -> List.of());
      find(at, Map.of("mac", MAC), "state=5.0 up=-1.0", "timeout");
    }
  }

  @Test
  void aTableThatIsCutShortDoesNotSayThatAPcIsMissing() {
    try (SwitchOnLoopback at = new SwitchOnLoopback(Duration.ofMillis(500))) {
      at.port(3, "GE0/0/3", true);
      for (int i = 0; i < 200; i++) {
        at.forwards("00:1a:00:00:01:%02x".formatted(i), 1, 3);
      }
      at.responder()
          .manner(answer -> speaksOfForwarding(answer.get(0).getOid().toDottedString(), answer));
      find(at, Map.of("mac", MAC, "ifName", "GE0/0/3"), "state=-1.0 up=-1.0", "timeout");
    }
  }

  /** Silent once the table has been begun. */
  private static <T> List<T> speaksOfForwarding(String oid, T answer) {
    return oid.startsWith("1.3.6.1.2.1.17.7.1.2.2.1.2.1.0.26.0.0.1.") && !oid.endsWith(".0")
        ? List.of()
        : List.of(answer);
  }

  @Test
  void allSeatsAtASwitchAreOneLookAndAskItOnce() {
    try (SwitchOnLoopback at = new SwitchOnLoopback()) {
      List<DeviceSettings> entries = new ArrayList<>();
      for (int i = 1; i <= 40; i++) {
        String mac = "00:1b:00:00:00:%02x".formatted(i);
        at.port(i, "GE0/0/" + i, i % 2 == 0).forwards(mac, i, 3);
        entries.add(entry(at, "pc:r1-%02d".formatted(i), Map.of("mac", mac, "credential", "sw")));
      }
      SeatProbes family = family(at);
      look(family.gather(List.of(family.probe(entries.get(0)))).get(0));
      int forOne = at.responder().requests.get();

      List<Probe> gathered = family.gather(entries.stream().map(family::probe).toList());
      assertThat(gathered).hasSize(1);
      assertThat(gathered.get(0).subjects()).hasSize(40).startsWith("pc:r1-01");
      List<Observation> seen = look(gathered.get(0));
      assertThat(at.responder().requests.get()).isLessThanOrEqualTo(2 * forOne);
      assertThat(seen).hasSize(40);
      assertThat(seen).filteredOn(o -> o.getMeasuresOrThrow("up") == 1).hasSize(20);
      // The same list of seats stays the same look.
      assertThat(family.gather(entries.stream().map(family::probe).toList()))
          .containsExactlyElementsOf(gathered);
    }
  }

  @Test
  void seatsAtOtherSwitchesOrOtherIntervalsAreLooksOfTheirOwn() {
    try (SwitchOnLoopback at = new SwitchOnLoopback()) {
      SeatProbes family = family(at);
      List<Probe> all =
          List.of(
              family.probe(entry("10.0.0.1", "pc:a", Map.of("ifName", "1"))),
              family.probe(entry("10.0.0.2", "pc:b", Map.of("ifName", "1"))),
              family.probe(entry("10.0.0.1", "pc:c", Map.of("ifName", "2", "community", "other"))),
              family.probe(entry("10.0.0.1", "pc:d", Map.of("ifName", "3"))));
      assertThat(family.gather(all))
          .extracting(Probe::subjects)
          .containsExactly(List.of("pc:a", "pc:d"), List.of("pc:b"), List.of("pc:c"));
    }
  }

  @Test
  void entriesThatCannotBeAreExplained() {
    try (SwitchOnLoopback at = new SwitchOnLoopback()) {
      SeatProbes family = family(at);
      assertThatThrownBy(() -> family.probe(entry(at, "pc:a", Map.of())))
          .hasMessage("pc:a needs a mac or an ifName: how else is it found at the switch");
      assertThatThrownBy(() -> family.probe(entry(at, "pc:a", Map.of("mac", "none"))))
          .hasMessage("pc:a has the mac 'none', which is none: write 00:1a:2b:3c:4d:5e");
      assertThatThrownBy(() -> family.probe(entry(at, "link:a", Map.of("ifName", "1"))))
          .hasMessage("link:a cannot be seen by switch-port: name a pc or terminal");
      assertThatThrownBy(() -> family.probe(entry(at, "pc:a", Map.of("ifName", "1", "port", "2"))))
          .hasMessageContaining("has the unknown setting 'port'");
    }
  }
}

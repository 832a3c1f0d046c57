package org.rollcall.agent.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;

class HostProbeTest {

  private final FakeDevice device = new FakeDevice();
  private final SnmpProbes probes = probes(LocalDevice.patient());
  private final Probe probe = probe("127.0.0.1:" + device.port());

  private static SnmpProbes probes(SnmpSettings settings) {
    return new SnmpProbes(
        settings, Credentials.none(), new NameLookup(Clock.systemUTC()), Clock.systemUTC());
  }

  private Probe probe(String address) {
    return probe(probes, address);
  }

  private static Probe probe(SnmpProbes from, String address) {
    return from.probe(
        new DeviceSettings("terminal:c0301", "snmp", address, Duration.ofSeconds(60)));
  }

  @BeforeEach
  void start() {
    probes.start();
  }

  @AfterEach
  void stop() {
    probes.close();
    device.close();
  }

  @Test
  void theHostsUptimeComesBeforeTheAgents() {
    device
        .put(Oids.SYS_UP_TIME, new TimeTicks(500))
        .put(Oids.HR_SYSTEM_UPTIME, new TimeTicks(360_000));
    Observation seen = LocalDevice.look(probe);
    assertThat(seen.getSubject()).isEqualTo("terminal:c0301");
    assertThat(seen.getReason()).isEmpty();
    assertThat(seen.getMeasuresMap())
        .containsEntry("up", 1.0)
        .containsEntry("state", 1.0)
        .containsEntry("uptimeSeconds", 3600.0)
        .hasSize(3);
  }

  @Test
  void withoutItTheAgentsUptimeServes() {
    device.put(Oids.SYS_UP_TIME, new TimeTicks(500));
    assertThat(LocalDevice.look(probe).getMeasuresMap()).containsEntry("uptimeSeconds", 5.0);
  }

  @Test
  void silenceIsDown() {
    device.manner(answer -> List.of());
    try (SnmpProbes hasty = probes(LocalDevice.hasty())) {
      hasty.start();
      Observation seen = LocalDevice.look(probe(hasty, "127.0.0.1:" + device.port()));
      assertThat(seen.getReason()).isEqualTo("timeout");
      assertThat(seen.getMeasuresMap()).isEqualTo(Map.of("state", 5.0, "up", 0.0));
    }
  }

  @Test
  void whoeverAnswersNonsenseIsUp() {
    device.put(Oids.SYS_UP_TIME, new OctetString("yes"));
    Observation seen = LocalDevice.look(probe);
    assertThat(seen.getReason()).isEqualTo("no-uptime");
    assertThat(seen.getMeasuresMap()).isEqualTo(Map.of("state", 1.0, "up", 1.0));
  }

  @Test
  void aHostWhoseNameNobodyKnowsIsNeitherUpNorDown() {
    Observation seen = LocalDevice.look(probe("no-such-host.invalid"));
    assertThat(seen.getReason()).isEqualTo("unknown-host");
    assertThat(seen.getMeasuresMap()).isEmpty();
  }

  @Test
  void beforeTheSessionIsOpenNothingIsClaimed() {
    probes.close();
    List<Observation> seen = LocalDevice.await(probe.run(Instant.now()));
    assertThat(seen.get(0).getReason()).isEqualTo("unreachable");
    assertThat(seen.get(0).getMeasuresMap()).isEmpty();
  }
}

package org.rollcall.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.snmp.SnmpSettings;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

class ProbesTest {

  /** The part of agent.yaml that is about probes. */
  record Part(
      Map<String, Credential> credentials,
      @Nullable SnmpSettings snmp,
      List<DeviceSettings> devices) {}

  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterAll
  static void stop() {
    LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static Probes of(String yaml) throws SettingsException {
    Part part = SettingsReader.read("agent.yaml", yaml, Path.of("."), Part.class);
    return Probes.of(
        part.devices(), new Credentials(part.credentials()), part.snmp(), LOOPS, Clock.systemUTC());
  }

  @Test
  void theEntriesOfTheFileBecomeProbes() throws SettingsException {
    try (Probes probes =
        of(
            """
            snmp: {community: public, timeout: 2s, retries: 1}
            devices:
              - {subject: "link:wan", probe: snmp, address: "10.1.0.1:161", ifName: "GigabitEthernet0/0/1", interval: 30s}
              - {subject: "terminal:c0301", probe: snmp, address: "10.1.3.1"}
              - {subject: "reach:edu", probe: tcp, address: "10.0.0.1:443"}
              - {subject: "reach:district", probe: icmp, address: "10.0.0.2"}
              - {subject: "reach:dns", probe: dns, address: "10.0.0.53", query: www.example.org, expect: "10.0.0.0/8,192.0.2.7"}
              - {subject: "service:research", probe: http, address: "www.example.org", expectStatus: 200}
              - {subject: "path:edu", probe: path, address: "10.0.0.1", districtNetworks: 10.12.0.0/16, hops: 4}
              - {subject: "reach:partner-a", probe: partner, address: "10.13.0.9:443"}
            """)) {
      assertThat(probes.all())
          .extracting(probe -> probe.subjects().get(0))
          .containsExactly(
              "link:wan",
              "terminal:c0301",
              "reach:edu",
              "reach:district",
              "reach:dns",
              "service:research",
              "path:edu",
              "reach:partner-a");
      assertThat(probes.all())
          .extracting(Probe::interval)
          .startsWith(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(60));
    }
  }

  @Test
  void everyEntryThatCannotBeIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                of(
                    """
                    devices:
                      - {subject: "link:wan", probe: snmp, address: "10.1.0.1", community: c}
                      - {subject: "terminal:c1", probe: snmp, address: "10.1.3.1"}
                      - {subject: "terminal:c2", probe: wmi, address: "10.1.3.1"}
                      - {subject: "terminal:c3", probe: snmp, address: "10.1.3.1", community: c, ifName: eth0}
                      - {subject: "reach:edu", probe: tcp, address: "10.0.0.1:443"}
                      - {subject: "reach:edu", probe: tcp, address: "10.0.0.2:443"}
                      - {subject: "throughput:wan", probe: snmp, address: "10.0.0.2", community: c}
                    """))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            link:wan needs ifName: which interface of 10.1.0.1 it is
            terminal:c1 has no community: write one beside it or in the snmp section
            terminal:c2 has the unknown probe 'wmi': known are dns, http, icmp, partner, path, pjlink, snmp, switch-port, tcp
            terminal:c3 has an ifName, which only a link: can have
            reach:edu is there twice: a subject has one probe
            throughput:wan cannot be asked by snmp: name a link, terminal, pc, switch or printer""");
  }

  @Test
  void valuesOutOfRangeAreProblemsOfTheFile() {
    assertThatThrownBy(
            () ->
                of(
                    """
                    snmp: {community: public, timeout: 2m}
                    devices:
                      - {subject: "wan", probe: snmp, address: "10.1.0.1"}
                      - {subject: "link:wan", probe: snmp, address: "http://10.1.0.1"}
                      - {subject: "link:wan", probe: snmp, address: "10.1.0.1", interval: 10ms}
                    """))
        .isInstanceOf(SettingsException.class)
        .hasMessageContainingAll("snmp.timeout", "devices[0]", "devices[1]", "devices[2].interval");
  }

  @Test
  void anEntryNamesItsCredential() throws SettingsException {
    try (Probes probes =
        of(
            """
            credentials:
              switches: {community: s3cret}
            devices:
              - {subject: "switch:a", probe: snmp, address: "10.1.3.1", credential: switches}
            """)) {
      assertThat(probes.all()).hasSize(1);
    }
  }

  @Test
  void aCredentialThatIsNotThereIsSaidWithThoseThatAre() {
    assertThatThrownBy(
            () ->
                of(
                    """
                    credentials:
                      switches: {community: s3cret}
                      projectors: {password: s3cret}
                    devices:
                      - {subject: "switch:a", probe: snmp, address: "10.1.3.1", credential: routers}
                      - {subject: "switch:b", probe: snmp, address: "10.1.3.1", credential: switches, community: x}
                    """))
        .hasMessage(
            """
            switch:a: there is no credential 'routers': known are projectors, switches
            switch:b has a community and a credential: leave one out""");
  }

  @Test
  void communitiesAreNeverPrinted() {
    SnmpSettings snmp = SnmpSettings.of("s3cret", Duration.ofSeconds(2), 1);
    DeviceSettings device =
        new DeviceSettings(
            "link:wan", "snmp", "10.1.0.1", Duration.ofSeconds(60), Map.of("community", "s3cret"));
    assertThat(snmp.toString() + device).doesNotContain("s3cret");
    assertThat(new Part(Map.of(), snmp, List.of(device)).toString()).doesNotContain("s3cret");
  }
}

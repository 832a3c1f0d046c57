package org.rollcall.collector.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.registry.Device;
import org.rollcall.config.SettingsException;

class ConfigurationCheckTest {
  private static void refused(String yaml, String... words) {
    assertThatThrownBy(() -> ConfigurationCheck.check("pushed.yaml", yaml))
        .isInstanceOf(SettingsException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void devicesAndReportMayComeFromAfar() throws SettingsException {
    ConfigurationCheck.check(
        "pushed.yaml",
        """
        devices:
          - {subject: "link:wan", probe: snmp, address: 10.1.0.1, ifName: eth0, credential: routers}
        report: {interval: 5s}
        lineTests: {enabled: true, monthlyBytes: 2GiB}
        discovery:
          networks: [192.168.3.0/24, 10.9.0.0/21, 172.31.255.0/24, 100.64.0.1]
          ports: [80]
          credentials: [switches]
          switches: [{subject: "switch:core"}, {address: 10.1.0.3, credential: switches}]
        """);
    ConfigurationCheck.check("pushed.yaml", "discovery: {enabled: false}\n");
    ConfigurationCheck.check("pushed.yaml", "");
  }

  @Test
  void whereAnAgentReportsToAndItsSecretsMayNot() {
    refused("data: /tmp\n", "data");
    refused("uplink: {tls: false}\n", "uplink");
    refused("credentials: {routers: {community: s3cret}}\n", "credentials");
    refused(
        "devices:\n  - {subject: 'link:wan', probe: snmp, address: r, Community: s3cret}\n",
        "devices[0].Community",
        "credential:");
  }

  @Test
  void onlyPrivateNetworksAreSweptAtACollectorsWord() {
    for (String network :
        List.of("8.8.8.0/24", "0.0.0.0/0", "172.32.0.0/24", "192.169.0.0/24", "100.128.0.0/24")) {
      refused("discovery: {networks: ['" + network + "']}\n", network, "no private network");
    }
    for (String nothing : List.of("10.1.0.0/33", "10.1.0/24", "10.1.0.1/24", "ten", "10.0.0.256")) {
      refused("discovery: {networks: ['" + nothing + "']}\n", nothing, "no IPv4 network");
    }
    refused("discovery: {networks: [10.0.0.0/8]}\n", "16777216", "4096");
    refused("discovery: {rate: 20}\n", "networks is empty");
    refused("discovery: {networks: [10.0.0.0/24], rate: 2000, ports: [0]}\n", "rate", "ports[0]");
    refused("discovery: {networks: [10.0.0.0/24], community: s3cret}\n", "discovery.community");
    refused("lineTests: {monthlyBytes: much}\n", "lineTests.monthlyBytes");
    refused("snmp: {community: s3cret}\n", "snmp");
  }

  @Test
  void whatIsNoYamlTooLongOrTwiceIsSaid() {
    refused("devices: [", "not YAML");
    refused("# " + "x".repeat(70_000), "too long");
    refused(
        """
        devices:
          - {subject: 'pc:1', probe: tcp, address: 'h:2', interval: 1ms}
        """,
        "devices[0].interval");
    refused(
        """
        devices:
          - {subject: 'pc:1', probe: tcp, address: 'h:1'}
          - {subject: 'pc:1', probe: tcp, address: 'h:2'}
          - {subject: nothing, probe: tcp, address: 'h:2'}
        """,
        "devices[1].subject",
        "twice",
        "devices[2].subject");
  }

  @Test
  void theRegistersDevicesBecomeEntriesAndTheRestIsNamed() throws SettingsException {
    RegisteredDevices.Composed composed =
        RegisteredDevices.compose(
            List.of(
                new Device("00701", "", "link", "wan", "10.1.0.1", "snmp ifName=GE0/0/1"),
                new Device("00701", "一(1)班", "terminal", "一(1)", "10.1.1.1", "snmp"),
                new Device("00701", "", "switch", "core", "10.1.0.2", "telnet")));
    assertThat(composed.devices()).isEqualTo(2);
    assertThat(composed.leftOut()).containsExactly("switch:core");
    assertThat(composed.yaml())
        .isEqualTo(
            """
            devices:
              - subject: "link:wan"
                probe: snmp
                address: "10.1.0.1"
                ifName: "GE0/0/1"
              - subject: "terminal:一(1)"
                probe: snmp
                address: "10.1.1.1"
            """);
    ConfigurationCheck.check("composed", composed.yaml());
  }

  @Test
  void aRegisterWithoutDevicesGivesNone() throws SettingsException {
    assertThat(RegisteredDevices.compose(List.of()).yaml()).isEqualTo("devices: []\n");
  }
}

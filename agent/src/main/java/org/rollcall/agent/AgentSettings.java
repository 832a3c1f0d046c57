package org.rollcall.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.discovery.DiscoverySettings;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.report.ReportSettings;
import org.rollcall.agent.snmp.SnmpSettings;
import org.rollcall.agent.spool.SpoolSettings;
import org.rollcall.agent.status.StatusSettings;
import org.rollcall.agent.throughput.LineTestSettings;
import org.rollcall.agent.uplink.UplinkSettings;
import org.rollcall.config.Default;

/**
 * {@code agent.yaml}. Where the collector is does not stand here: it comes with the enrolment.
 *
 * @param data where the agent keeps its identity, key and spool
 * @param status the page for whoever sits at this machine
 * @param credentials what devices want to know before they answer, by the names that device entries
 *     call them
 * @param snmp what devices asked by SNMP have in common
 * @param lineTests what tests of the school's line may cost; null: what was pushed, else {@link
 *     LineTestSettings#DEFAULT}
 * @param discovery where devices are looked for that nobody has registered; null: where was pushed,
 *     else nowhere
 * @param devices what is looked at; none is allowed, the agent then reports itself alone
 */
public record AgentSettings(
    @Default("../.rollcall/agent") Path data,
    SpoolSettings spool,
    ReportSettings report,
    UplinkSettings uplink,
    StatusSettings status,
    Map<String, Credential> credentials,
    @Nullable SnmpSettings snmp,
    @Nullable LineTestSettings lineTests,
    @Nullable DiscoverySettings discovery,
    List<DeviceSettings> devices) {
  public AgentSettings {
    credentials = Map.copyOf(credentials);
    devices = List.copyOf(devices);
  }
}

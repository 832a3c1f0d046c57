package org.rollcall.simulator.history;

import java.nio.file.Path;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.spool.DiskSpool;
import org.rollcall.agent.spool.SpoolSettings;
import org.rollcall.agent.uplink.Uplink;
import org.rollcall.agent.uplink.UplinkSettings;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.protocol.AgentKey;

/**
 * Brings in what is in a spool and adds nothing: an agent that looks at no device and does not
 * speak of itself either, for schools whose agent fell silent long ago.
 */
public final class Delivery implements AutoCloseable {
  private final DiskSpool spool;
  private final Uplink uplink;

  /**
   * @param folder the agent's own: its spool and the reports refused
   * @param shared threads that stay the caller's
   */
  public Delivery(
      AgentIdentity identity,
      AgentKey key,
      Path folder,
      SpoolSettings spoolSettings,
      UplinkSettings settings,
      UplinkThreads shared) {
    this.spool = new DiskSpool(folder.resolve("spool"), spoolSettings, shared.clock());
    this.uplink =
        new Uplink(
            identity.target(settings.tls()),
            key,
            spool,
            settings,
            folder.resolve("refused"),
            shared);
  }

  public void start() {
    spool.start();
    uplink.start();
  }

  /** Reports that are not acknowledged yet. */
  public long waiting() {
    return spool.figures().reports();
  }

  @Override
  public void close() {
    uplink.close();
    spool.close();
  }
}

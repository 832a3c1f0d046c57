package org.rollcall.collector.ingest;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import org.rollcall.collector.identity.Redemption;
import org.rollcall.collector.intake.Sender;

/** What the reception decided about a client. */
sealed interface Decision {

  /**
   * @param sessionKey under which a later connection of the same client takes this one over
   * @param assignedId the client's id if it gave none, else empty
   * @param instance what it calls itself while it runs; empty when it does not say
   */
  record Welcome(Sender sender, String sessionKey, String assignedId, String instance)
      implements Decision {}

  /** It has enrolled; now it comes back with its key. */
  record Enrolled(Redemption.Enrolled redemption) implements Decision {}

  /**
   * @param reason stable code for the counters, and the reason string for the client
   */
  record Refused(MqttConnectReturnCode code, String reason) implements Decision {}
}

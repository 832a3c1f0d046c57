package org.rollcall.agent.enrolment;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.uplink.MqttTarget;

/**
 * Who an agent is and whom it reports to, as enrolment settled it.
 *
 * @param host the collector's name or address
 * @param port its MQTT port
 * @param serverKeySha256 by which key it is known, 64 lower-case hex digits
 * @param agent the agent's name, which follows from its key
 * @param school code of the school it belongs to; text, leading zeros kept
 * @param schoolName for people
 */
public record AgentIdentity(
    String host,
    int port,
    String serverKeySha256,
    String agent,
    String school,
    @Nullable String schoolName) {
  private static final Pattern AGENT = Pattern.compile("a-[a-z2-7]{20}");

  public AgentIdentity {
    if (!AGENT.matcher(agent).matches() || school.isBlank()) {
      throw new IllegalArgumentException("an identity names an agent (a-…) and its school");
    }
    MqttTarget checked = new MqttTarget(host, port, serverKeySha256);
    host = checked.host();
  }

  /**
   * @param tls false: plain TCP, without looking at the server's key
   */
  public MqttTarget target(boolean tls) {
    return new MqttTarget(host, port, tls ? serverKeySha256 : null);
  }
}

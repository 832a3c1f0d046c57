package org.rollcall.agent.uplink;

import java.time.Duration;
import java.util.Map;
import org.rollcall.protocol.Limits;

/**
 * Who connects: what goes into the CONNECT packet. Always a clean start.
 *
 * @param clientId empty: the server assigns one
 * @param userProperties MQTT 5 user properties of the CONNECT packet
 * @param keepAlive longest silence before a ping
 */
public record MqttLogin(
    String clientId,
    String username,
    String password,
    Map<String, String> userProperties,
    Duration keepAlive) {
  public MqttLogin {
    userProperties = Map.copyOf(userProperties);
  }

  public MqttLogin(String clientId, String username, String password) {
    this(clientId, username, password, Map.of(), Limits.KEEP_ALIVE);
  }

  /** Without the password and the proofs. */
  @Override
  public String toString() {
    return "MqttLogin[" + clientId + ", " + username + "]";
  }
}

package org.rollcall.agent.uplink;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server granted in CONNACK.
 *
 * @param assignedClientId null when it assigned none
 * @param receiveMaximum unacknowledged PUBLISH packets it takes at a time
 */
public record MqttSession(
    @Nullable String assignedClientId, int receiveMaximum, Map<String, String> userProperties) {
  public MqttSession {
    userProperties = Map.copyOf(userProperties);
  }
}

package org.rollcall.collector.ingest;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.Limits;

/** What an MQTT 5 publish may not do, because the CONNACK said so; and what it says it carries. */
final class Breaches {
  private static final String JSON = "application/json";

  private Breaches() {}

  /**
   * The code to disconnect with, or null when all is well.
   *
   * @param unacknowledged publishes of this connection that are not acknowledged yet
   */
  static @Nullable Disconnect find(MqttPublishMessage message, int unacknowledged) {
    if (message.fixedHeader().isRetain()) {
      return Disconnect.RETAIN_NOT_SUPPORTED;
    }
    if (message.variableHeader().properties().getProperty(MqttProperties.TOPIC_ALIAS) != null) {
      return Disconnect.TOPIC_ALIAS_INVALID;
    }
    return unacknowledged >= Limits.RECEIVE_MAXIMUM ? Disconnect.RECEIVE_MAXIMUM_EXCEEDED : null;
  }

  /** Whether the content type is JSON, with or without parameters such as a charset. */
  static boolean saysJson(MqttProperties properties) {
    return properties.getProperty(MqttProperties.CONTENT_TYPE)
            instanceof MqttProperties.StringProperty type
        && type.value().regionMatches(true, 0, JSON, 0, JSON.length());
  }
}

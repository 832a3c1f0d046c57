package org.rollcall.collector.ingest;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.nio.charset.StandardCharsets;

/**
 * What a client said of itself. An absent text is empty.
 *
 * @param key user property: raw public key in base64url, when enrolling
 * @param proof user property: a token signed by that key, when enrolling
 * @param instance user property: what it calls itself while it runs
 */
record ConnectRequest(
    boolean v5,
    String clientId,
    String user,
    String password,
    String key,
    String proof,
    String instance) {
  private static final int LONGEST_INSTANCE = 64;

  static ConnectRequest of(MqttConnectMessage message, boolean v5) {
    MqttConnectVariableHeader header = message.variableHeader();
    byte[] password = message.payload().passwordInBytes();
    String id = message.payload().clientIdentifier();
    String user = message.payload().userName();
    return new ConnectRequest(
        v5,
        id == null ? "" : id,
        user == null ? "" : user,
        password == null ? "" : new String(password, StandardCharsets.UTF_8),
        userProperty(header.properties(), "key"),
        userProperty(header.properties(), "proof"),
        instance(header.properties()));
  }

  private static String instance(MqttProperties properties) {
    String said = userProperty(properties, "instance");
    return said.length() <= LONGEST_INSTANCE ? said : "";
  }

  /** What the client takes at a time; what it does not say is without limit. */
  static Outbox.Hearing hearing(MqttProperties properties) {
    return new Outbox.Hearing(
        number(properties, MqttProperties.RECEIVE_MAXIMUM, 65_535),
        Integer.toUnsignedLong(number(properties, MqttProperties.MAXIMUM_PACKET_SIZE, -1)));
  }

  private static int number(MqttProperties properties, int id, int otherwise) {
    return properties.getProperty(id) instanceof MqttProperties.IntegerProperty property
        ? property.value()
        : otherwise;
  }

  private static String userProperty(MqttProperties properties, String name) {
    for (MqttProperties.MqttProperty<?> each :
        properties.getProperties(MqttProperties.USER_PROPERTY)) {
      if (each instanceof MqttProperties.UserProperty property
          && property.value().key.equals(name)) {
        return property.value().value;
      }
    }
    return "";
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ConnectRequest[" + clientId + ", " + user + "]";
  }
}

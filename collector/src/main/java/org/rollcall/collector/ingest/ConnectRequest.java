package org.rollcall.collector.ingest;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a client said of itself. An absent text is empty.
 *
 * @param key user property: raw public key in base64url, when enrolling
 * @param proof user property: a token signed by that key, when enrolling
 * @param instance user property: what it calls itself while it runs
 * @param version user property: of its program
 */
record ConnectRequest(
    boolean v5,
    String clientId,
    String user,
    String password,
    String key,
    String proof,
    String instance,
    String version) {
  private static final int LONGEST_INSTANCE = 64;
  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+-]{1,40}");

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
        instance(header.properties()),
        version(header.properties()));
  }

  private static String instance(MqttProperties properties) {
    String said = userProperty(properties, "instance");
    return said.length() <= LONGEST_INSTANCE ? said : "";
  }

  private static String version(MqttProperties properties) {
    String said = userProperty(properties, "version");
    return VERSION.matcher(said).matches() ? said : "";
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

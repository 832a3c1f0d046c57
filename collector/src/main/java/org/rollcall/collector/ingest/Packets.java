package org.rollcall.collector.ingest;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.intake.Outcome;
import org.rollcall.protocol.Limits;

/** The packets the collector sends. The numbers are MQTT 5's reason codes. */
final class Packets {
  static final MqttMessage PINGRESP =
      new MqttMessage(
          new MqttFixedHeader(MqttMessageType.PINGRESP, false, MqttQoS.AT_MOST_ONCE, false, 0));

  /** Of MQTT 5's reason codes, 2.4. */
  private static final int FIRST_FAILURE = 0x80;

  private Packets() {}

  /**
   * @param keepAliveSeconds what holds from now on
   * @param imposed whether that is not what the client asked for
   * @param assignedId the client's id if it gave none, else empty
   */
  static MqttConnAckMessage welcome5(int keepAliveSeconds, boolean imposed, String assignedId) {
    return MqttMessageBuilders.connAck()
        .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
        .sessionPresent(false)
        .properties(
            p -> {
              p.sessionExpiryInterval(0)
                  .receiveMaximum(Limits.RECEIVE_MAXIMUM)
                  .maximumQos((byte) 1)
                  .retainAvailable(false)
                  .maximumPacketSize(Limits.MAX_PACKET_BYTES)
                  .topicAliasMaximum(0)
                  .wildcardSubscriptionAvailable(false)
                  .subscriptionIdentifiersAvailable(false)
                  .sharedSubscriptionAvailable(false);
              if (imposed) {
                p.serverKeepAlive(keepAliveSeconds);
              }
              if (!assignedId.isEmpty()) {
                p.assignedClientId(assignedId);
              }
            })
        .build();
  }

  static MqttConnAckMessage welcome311() {
    return MqttMessageBuilders.connAck()
        .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
        .sessionPresent(false)
        .build();
  }

  static MqttConnAckMessage enrolled(String agent, String school, String schoolName) {
    return MqttMessageBuilders.connAck()
        .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
        .sessionPresent(false)
        .properties(
            p ->
                p.assignedClientId(agent)
                    .userProperty("school", school)
                    .userProperty("schoolName", schoolName))
        .build();
  }

  /**
   * A refused CONNECT; on 3.1.1 the nearest of its five codes stands for the reason. On MQTT 5 it
   * tells the time: a token is refused when the agent's clock is wrong.
   */
  static MqttConnAckMessage refused(
      boolean v5, MqttConnectReturnCode code, String reason, long nowMillis) {
    MqttMessageBuilders.ConnAckBuilder packet =
        MqttMessageBuilders.connAck().sessionPresent(false).returnCode(v5 ? code : code311(code));
    if (v5) {
      packet.properties(
          p -> p.reasonString(reason).userProperty(Limits.TIME_PROPERTY, Long.toString(nowMillis)));
    }
    return packet.build();
  }

  private static MqttConnectReturnCode code311(MqttConnectReturnCode code) {
    return switch (code) {
      case CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION ->
          MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION;
      case CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID ->
          MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED;
      case CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD ->
          MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD;
      case CONNECTION_REFUSED_SERVER_UNAVAILABLE_5, CONNECTION_REFUSED_SERVER_BUSY ->
          MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
      default -> MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED;
    };
  }

  /** Why a client cannot use what it acknowledges; null when its PUBACK says success. */
  static @Nullable String problemOf(MqttMessageIdVariableHeader header) {
    if (!(header instanceof MqttPubReplyMessageVariableHeader reply)
        || (reply.reasonCode() & 0xff) < FIRST_FAILURE) {
      return null;
    }
    MqttProperties.MqttProperty<?> reason =
        reply.properties().getProperty(MqttProperties.REASON_STRING);
    return reason == null || String.valueOf(reason.value()).isBlank()
        ? "reason code " + (reply.reasonCode() & 0xff)
        : String.valueOf(reason.value());
  }

  /** A refused report's acknowledgement on MQTT 5, with the reason in words. */
  static MqttMessage pubAck(int packetId, Outcome outcome) {
    return MqttMessageBuilders.pubAck()
        .packetId(packetId)
        .reasonCode(pubAckCode(outcome).byteValue())
        .properties(reasonString(outcome.reason()))
        .build();
  }

  private static MqttReasonCodes.PubAck pubAckCode(Outcome outcome) {
    return switch (outcome.kind()) {
      case STORED, DUPLICATE -> MqttReasonCodes.PubAck.SUCCESS;
      case MALFORMED -> MqttReasonCodes.PubAck.PAYLOAD_FORMAT_INVALID;
      case NOT_YOURS -> MqttReasonCodes.PubAck.NOT_AUTHORIZED;
      case BUSY -> MqttReasonCodes.PubAck.QUOTA_EXCEEDED;
      case UNAVAILABLE ->
          throw new IllegalStateException("BUG: an unavailable store acknowledges nothing");
    };
  }

  static MqttMessage disconnect(MqttReasonCodes.Disconnect code, String reason) {
    return MqttMessageBuilders.disconnect()
        .reasonCode(code.byteValue())
        .properties(reasonString(reason))
        .build();
  }

  /**
   * @param nowMillis told as a user property on MQTT 5, by which agents know how wrong their clocks
   *     are
   */
  static MqttSubAckMessage subAck(boolean v5, int packetId, List<Integer> codes, long nowMillis) {
    MqttProperties properties = new MqttProperties();
    if (v5) {
      properties.add(
          new MqttProperties.UserProperty(Limits.TIME_PROPERTY, Long.toString(nowMillis)));
    }
    MqttMessageIdAndPropertiesVariableHeader header =
        new MqttMessageIdAndPropertiesVariableHeader(packetId, properties);
    MqttFixedHeader fixed =
        new MqttFixedHeader(MqttMessageType.SUBACK, false, MqttQoS.AT_MOST_ONCE, false, 0);
    List<Integer> sent = v5 ? codes : codes.stream().map(c -> c > 2 ? 0x80 : c).toList();
    return new MqttSubAckMessage(fixed, header, new MqttSubAckPayload(sent));
  }

  private static MqttProperties reasonString(String reason) {
    MqttProperties properties = new MqttProperties();
    if (!reason.isEmpty()) {
      properties.add(new MqttProperties.StringProperty(MqttProperties.REASON_STRING, reason));
    }
    return properties;
  }
}

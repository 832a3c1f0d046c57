package org.rollcall.collector.ingest;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttReasonCodes.SubAck;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An agent may hear its own configuration and commands, and nothing else. */
final class Subscriptions {
  /** Success: whether there was such a subscription or not, there is none now. */
  private static final short UNSUBSCRIBED = 0;

  private Subscriptions() {}

  /**
   * @param codes one reason code for each topic filter, in order
   * @param refused how many of them refuse
   * @param hearsConfiguration whether one of them was for the agent's configuration
   */
  record Answer(List<Integer> codes, int refused, boolean hearsConfiguration) {}

  /** Notes in the outbox what its agent hears from now on. */
  static Answer subscribe(MqttSubscribeMessage message, Outbox outbox) {
    List<Integer> codes = new ArrayList<>();
    int refused = 0;
    boolean hearsConfiguration = false;
    for (MqttTopicSubscription each : message.payload().topicSubscriptions()) {
      String filter = each.topicFilter();
      Outbox.Kind kind = outbox.kindOf(filter);
      if (kind != null) {
        int qos = Math.min(1, each.qualityOfService().value());
        outbox.subscribed(kind, qos);
        hearsConfiguration |= kind == Outbox.Kind.CONFIGURATION;
        codes.add(qos);
      } else {
        codes.add(refusal(filter).byteValue() & 0xff);
        refused++;
      }
    }
    return new Answer(codes, refused, hearsConfiguration);
  }

  private static SubAck refusal(String filter) {
    if (filter.startsWith("$share/")) {
      return SubAck.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
    }
    return filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0
        ? SubAck.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED
        : SubAck.NOT_AUTHORIZED;
  }

  static MqttMessage unsubscribe(MqttUnsubscribeMessage message, Outbox outbox) {
    for (String filter : message.payload().topics()) {
      Outbox.Kind kind = outbox.kindOf(filter);
      if (kind != null) {
        outbox.unsubscribed(kind);
      }
    }
    Short[] codes = new Short[message.payload().topics().size()];
    Arrays.fill(codes, UNSUBSCRIBED);
    return MqttMessageBuilders.unsubAck()
        .packetId(message.variableHeader().messageId())
        .addReasonCodes(codes)
        .build();
  }
}

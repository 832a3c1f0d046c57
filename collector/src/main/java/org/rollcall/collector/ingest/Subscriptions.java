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
import org.rollcall.protocol.Topics;

/** An agent may hear its own configuration and commands, and nothing else. */
final class Subscriptions {
  /** Success: whether there was such a subscription or not, there is none now. */
  private static final short UNSUBSCRIBED = 0;

  private Subscriptions() {}

  /**
   * @param codes one reason code for each topic filter, in order
   * @param refused how many of them refuse
   */
  record Answer(List<Integer> codes, int refused) {}

  static Answer subscribe(MqttSubscribeMessage message, String agent) {
    List<Integer> codes = new ArrayList<>();
    int refused = 0;
    for (MqttTopicSubscription each : message.payload().topicSubscriptions()) {
      String filter = each.topicFilter();
      if (filter.equals(Topics.config(agent)) || filter.equals(Topics.command(agent))) {
        codes.add(Math.min(1, each.qualityOfService().value()));
      } else {
        codes.add(refusal(filter).byteValue() & 0xff);
        refused++;
      }
    }
    return new Answer(codes, refused);
  }

  private static SubAck refusal(String filter) {
    if (filter.startsWith("$share/")) {
      return SubAck.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
    }
    return filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0
        ? SubAck.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED
        : SubAck.NOT_AUTHORIZED;
  }

  static MqttMessage unsubscribe(MqttUnsubscribeMessage message) {
    Short[] codes = new Short[message.payload().topics().size()];
    Arrays.fill(codes, UNSUBSCRIBED);
    return MqttMessageBuilders.unsubAck()
        .packetId(message.variableHeader().messageId())
        .addReasonCodes(codes)
        .build();
  }
}

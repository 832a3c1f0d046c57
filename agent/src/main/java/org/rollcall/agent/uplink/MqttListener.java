package org.rollcall.agent.uplink;

import java.util.Map;

/** Told what happens on a connection, on its network thread; must not block. */
public interface MqttListener {
  /** CONNACK success; publishing may begin. */
  void connected(MqttSession session);

  /**
   * PUBACK.
   *
   * @param reasonCode MQTT 5, 3.4.2.1: 0x00 is success, 0x80 and above refusals
   */
  default void acknowledged(int packetId, int reasonCode) {}

  /**
   * SUBACK, or a CONNACK that refuses: the server's answer may say what time it is.
   *
   * @param userProperties of the answer
   * @param arrivedNanos when it came, by {@link System#nanoTime}
   */
  default void answered(Map<String, String> userProperties, long arrivedNanos) {}

  /**
   * PUBLISH.
   *
   * @param packetId what to {@linkplain MqttConnection#acknowledge acknowledge} when it has been
   *     dealt with; 0: nothing
   */
  default void received(String topic, byte[] payload, int packetId) {}

  /** The end; called exactly once, also when the connection never came to be. */
  void closed(MqttClosure closure);
}

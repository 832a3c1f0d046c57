package org.rollcall.agent.uplink;

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

  default void received(String topic, byte[] payload) {}

  /** The end; called exactly once, also when the connection never came to be. */
  void closed(MqttClosure closure);
}

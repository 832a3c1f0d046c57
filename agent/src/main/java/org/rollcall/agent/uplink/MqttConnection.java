package org.rollcall.agent.uplink;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.Limits;

/**
 * One MQTT 5 connection, thin: who publishes chooses packet identifiers and keeps count of what is
 * in flight. Thousands fit on a few {@link NetworkThreads}. Methods may be called on any thread; on
 * the network thread, as from a listener, they cost no hand-over, and what is written there is
 * flushed when the packets at hand are done with.
 */
public final class MqttConnection {
  private static final int MAX_CLIENT_ID = 256;
  private static final MqttFixedHeader PUBLISH_HEADER =
      new MqttFixedHeader(MqttMessageType.PUBLISH, false, MqttQoS.AT_LEAST_ONCE, false, 0);

  private final Channel channel;
  private final MqttClientHandler handler;

  private MqttConnection(Channel channel, MqttClientHandler handler) {
    this.channel = channel;
    this.handler = handler;
  }

  /**
   * Begins to connect. The host's name is looked up on the calling thread, which may take seconds;
   * all else goes on in the background, and the listener hears how it ended.
   */
  public static MqttConnection open(
      NetworkThreads threads, MqttTarget target, MqttLogin login, MqttListener listener) {
    MqttClientHandler handler = new MqttClientHandler(login, listener);
    SSLEngine tls;
    try {
      String pin = target.serverKeySha256();
      tls = pin == null ? null : KeyPin.engine(pin, target.host(), target.port());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("BUG: TLS cannot be set up", e);
    }
    Bootstrap bootstrap =
        new Bootstrap()
            .group(threads.group())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                Math.toIntExact(Limits.CONNECT_TIMEOUT.toMillis()))
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel made) {
                    addHandlers(made, tls, handler);
                  }
                });
    ChannelFuture connecting =
        bootstrap.connect(new InetSocketAddress(target.host(), target.port()));
    MqttClientHandler.begun(
        connecting.addListener(
            done -> {
              if (!done.isSuccess()) {
                handler.unreachable(target, done.cause());
              }
            }));
    return new MqttConnection(connecting.channel(), handler);
  }

  private static void addHandlers(
      Channel channel, @Nullable SSLEngine tls, MqttClientHandler handler) {
    if (tls != null) {
      channel.pipeline().addLast(new SslHandler(tls));
    }
    channel.pipeline().addLast(new MqttDecoder(Limits.MAX_PACKET_BYTES, MAX_CLIENT_ID));
    channel.pipeline().addLast(MqttEncoder.INSTANCE);
    channel.pipeline().addLast("mqtt", handler);
  }

  /**
   * Sends with QoS 1, without flushing.
   *
   * @param packetId 1 to 65535, not in flight
   * @param payload not to be changed until acknowledged
   */
  public void publish(String topic, int packetId, byte[] payload) {
    MqttClientHandler.begun(
        channel.write(
            new MqttPublishMessage(
                PUBLISH_HEADER,
                new MqttPublishVariableHeader(topic, packetId, MqttProperties.NO_PROPERTIES),
                Unpooled.wrappedBuffer(payload)),
            channel.voidPromise()));
  }

  public void subscribe(int packetId, String... topics) {
    MqttMessageBuilders.SubscribeBuilder subscribe =
        MqttMessageBuilders.subscribe().messageId(packetId).properties(new MqttProperties());
    for (String topic : topics) {
      subscribe.addSubscription(MqttQoS.AT_LEAST_ONCE, topic);
    }
    MqttClientHandler.begun(channel.writeAndFlush(subscribe.build(), channel.voidPromise()));
  }

  /**
   * Sends PUBACK for a message received.
   *
   * @param refused why it cannot be used, of which the first {@link Limits#MAX_REFUSAL} characters
   *     are told; null: it was
   */
  public void acknowledge(int packetId, @Nullable String refused) {
    MqttProperties properties = MqttProperties.NO_PROPERTIES;
    byte code = 0;
    if (refused != null) {
      code = MqttReasonCodes.PubAck.PAYLOAD_FORMAT_INVALID.byteValue();
      properties = new MqttProperties();
      properties.add(
          new MqttProperties.StringProperty(
              MqttProperties.REASON_STRING,
              refused.substring(0, Math.min(refused.length(), Limits.MAX_REFUSAL))));
    }
    MqttClientHandler.begun(
        channel.writeAndFlush(
            MqttMessageBuilders.pubAck()
                .packetId(packetId)
                .reasonCode(code)
                .properties(properties)
                .build(),
            channel.voidPromise()));
  }

  public void flush() {
    channel.flush();
  }

  /** Sends DISCONNECT and closes; the listener then hears CLOSED_HERE. */
  public void disconnect() {
    handler.disconnect(channel);
  }

  /** Closes without a word, as a broken line would; the listener hears LOST with this detail. */
  public void drop(String detail) {
    handler.drop(channel, detail);
  }
}

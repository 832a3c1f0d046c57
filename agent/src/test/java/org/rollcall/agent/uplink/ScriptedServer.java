package org.rollcall.agent.uplink;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.LocalPort;

/**
 * An MQTT 5 server on loopback that answers as a test tells it to. Public for the tests of other
 * packages.
 */
public final class ScriptedServer implements AutoCloseable {
  /** For {@link #ackWith}: no answer. */
  public static final int SILENT = -1;

  public final List<MqttConnectMessage> connects = new CopyOnWriteArrayList<>();
  public final List<byte[]> received = new CopyOnWriteArrayList<>();
  public final List<String> topics = new CopyOnWriteArrayList<>();

  /** Packet ids of what the client acknowledged. */
  public final List<String> pubAcks = new CopyOnWriteArrayList<>();

  /** How far behind SUBACK says that the time is. */
  public static final long OFF_MILLIS = 1_000_000;

  private final NetworkThreads threads = new NetworkThreads(1);
  private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
  private volatile Function<byte[], Integer> ackWith = payload -> 0;
  private volatile MqttConnectReturnCode connAck = MqttConnectReturnCode.CONNECTION_ACCEPTED;
  private volatile MqttProperties connAckProperties = new MqttProperties();
  private final @Nullable SslContext tls;
  private @Nullable Channel listening;
  private int port;

  public ScriptedServer() {
    this(null);
  }

  public ScriptedServer(@Nullable SslContext tls) {
    this.tls = tls;
  }

  /** On a free port, or on the one it had before it was stopped. */
  public ScriptedServer start() {
    threads.start();
    port = port == 0 ? LocalPort.tcp() : port;
    Channel channel =
        new ServerBootstrap()
            .group(threads.group())
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel made) {
                    if (tls != null) {
                      made.pipeline().addLast(tls.newHandler(made.alloc()));
                    }
                    made.pipeline()
                        .addLast(
                            new MqttDecoder(200_000, 300), MqttEncoder.INSTANCE, new Answers());
                  }
                })
            .bind("127.0.0.1", port)
            .syncUninterruptibly()
            .channel();
    listening = channel;
    return this;
  }

  public int port() {
    return port;
  }

  /** From a payload to a PUBACK reason code, or {@link #SILENT}. */
  public void ackWith(Function<byte[], Integer> code) {
    ackWith = code;
  }

  public void connAck(MqttConnectReturnCode code, MqttProperties properties) {
    connAck = code;
    connAckProperties = properties;
  }

  /** Cuts every connection without a word. */
  public void cut() {
    connections.forEach(connection -> MqttClientHandler.begun(connection.close()));
  }

  public void stopListening() {
    if (listening != null) {
      listening.close().syncUninterruptibly();
    }
    cut();
  }

  public void publish(String topic, byte[] payload) {
    for (Channel connection : connections) {
      MqttClientHandler.begun(
          connection.writeAndFlush(
              MqttMessageBuilders.publish()
                  .topicName(topic)
                  .qos(MqttQoS.AT_LEAST_ONCE)
                  .messageId(7)
                  .properties(MqttProperties.NO_PROPERTIES)
                  .payload(io.netty.buffer.Unpooled.wrappedBuffer(payload))
                  .build()));
    }
  }

  @Override
  public void close() {
    stopListening();
    threads.close();
  }

  private final class Answers extends SimpleChannelInboundHandler<MqttMessage> {
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      connections.add(ctx.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      connections.remove(ctx.channel());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, MqttMessage message) {
      if (message.decoderResult().isFailure()) {
        MqttClientHandler.begun(ctx.close());
      } else if (message instanceof MqttConnectMessage connect) {
        connects.add(connect);
        MqttClientHandler.begun(
            ctx.writeAndFlush(
                new MqttConnAckMessage(
                    new MqttFixedHeader(
                        MqttMessageType.CONNACK, false, MqttQoS.AT_MOST_ONCE, false, 0),
                    new MqttConnAckVariableHeader(connAck, false, connAckProperties))));
      } else if (message instanceof MqttSubscribeMessage subscribe) {
        MqttClientHandler.begun(ctx.writeAndFlush(subAck(subscribe)));
      } else if (message.fixedHeader().messageType() == MqttMessageType.PUBACK) {
        pubAcks.add(said((MqttMessageIdVariableHeader) message.variableHeader()));
      } else if (message instanceof MqttPublishMessage publish) {
        byte[] payload = new byte[publish.payload().readableBytes()];
        publish.payload().readBytes(payload);
        // Decided before it shows: whoever sees a report here may change the manner for the next.
        int code = ackWith.apply(payload);
        topics.add(publish.variableHeader().topicName());
        received.add(payload);
        if (code != SILENT) {
          MqttClientHandler.begun(
              ctx.writeAndFlush(
                  MqttMessageBuilders.pubAck()
                      .packetId(publish.variableHeader().packetId())
                      .reasonCode((byte) code)
                      .properties(MqttProperties.NO_PROPERTIES)
                      .build()));
        }
      }
    }

    /** Packet id, reason code and reason string. */
    private static String said(MqttMessageIdVariableHeader header) {
      if (!(header instanceof MqttPubReplyMessageVariableHeader reply)) {
        return header.messageId() + " 0 ";
      }
      MqttProperties.MqttProperty<?> reason =
          reply.properties().getProperty(MqttProperties.REASON_STRING);
      return header.messageId()
          + " "
          + (reply.reasonCode() & 0xff)
          + " "
          + (reason == null ? "" : reason.value());
    }

    private MqttSubAckMessage subAck(MqttSubscribeMessage subscribe) {
      MqttProperties properties = new MqttProperties();
      properties.add(
          new MqttProperties.UserProperty(
              "time", Long.toString(System.currentTimeMillis() - OFF_MILLIS)));
      return new MqttSubAckMessage(
          new MqttFixedHeader(MqttMessageType.SUBACK, false, MqttQoS.AT_MOST_ONCE, false, 0),
          new MqttMessageIdAndPropertiesVariableHeader(
              subscribe.variableHeader().messageId(), properties),
          new MqttSubAckPayload(1, 1));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable fault) {
      MqttClientHandler.begun(ctx.close());
    }
  }
}

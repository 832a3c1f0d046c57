package org.rollcall.agent.uplink;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.uplink.MqttClosure.Cause;
import org.rollcall.protocol.Limits;

/** The client's half of MQTT 5, for one connection. Runs on its network thread. */
final class MqttClientHandler extends SimpleChannelInboundHandler<MqttMessage> {
  /** From the TCP connection to CONNACK, the TLS handshake included. */
  private static final Duration ANSWER_TIMEOUT = Limits.CONNECT_TIMEOUT.multipliedBy(2);

  private static final int DEFAULT_RECEIVE_MAXIMUM = 65_535;

  private final MqttLogin login;
  private final MqttListener listener;
  private boolean answered;
  private boolean ended;
  private @Nullable MqttClosure closure;

  MqttClientHandler(MqttLogin login, MqttListener listener) {
    this.login = login;
    this.listener = listener;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    begun(
        ctx.executor()
            .schedule(
                () -> {
                  if (!answered) {
                    end(ctx.channel(), new MqttClosure(Cause.TIMEOUT, "no answer to CONNECT"));
                  }
                },
                ANSWER_TIMEOUT.toMillis(),
                TimeUnit.MILLISECONDS));
    // Over TLS it waits in the TLS handler until the handshake is done.
    begun(ctx.writeAndFlush(connectMessage()));
    ctx.fireChannelActive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, MqttMessage message) {
    if (message.decoderResult().isFailure()) {
      Throwable fault = message.decoderResult().cause();
      end(ctx.channel(), new MqttClosure(Cause.PROTOCOL_ERROR, String.valueOf(fault)));
      return;
    }
    switch (message.fixedHeader().messageType()) {
      case CONNACK -> connAck(ctx, (MqttConnAckMessage) message);
      case PUBACK -> {
        MqttMessageIdVariableHeader header = (MqttMessageIdVariableHeader) message.variableHeader();
        int code =
            header instanceof MqttPubReplyMessageVariableHeader reply
                ? reply.reasonCode() & 0xff
                : 0;
        listener.acknowledged(header.messageId(), code);
      }
      case PUBLISH -> received((MqttPublishMessage) message);
      case DISCONNECT -> serverLeft(ctx, message);
      case SUBACK ->
          listener.answered(
              userProperties(
                  ((MqttSubAckMessage) message).idAndPropertiesVariableHeader().properties()),
              System.nanoTime());
      case PINGRESP -> {}
      default ->
          end(
              ctx.channel(),
              new MqttClosure(
                  Cause.PROTOCOL_ERROR,
                  "unexpected " + message.fixedHeader().messageType() + " from the server"));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
    ctx.fireChannelReadComplete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
      end(ctx.channel(), tlsClosure(handshake.cause()));
    } else if (event instanceof IdleStateEvent idle && idle.state() == IdleState.WRITER_IDLE) {
      begun(ctx.writeAndFlush(MqttMessage.PINGREQ));
    } else if (event instanceof IdleStateEvent) {
      end(ctx.channel(), new MqttClosure(Cause.LOST, "the server is silent"));
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable fault) {
    end(ctx.channel(), new MqttClosure(Cause.LOST, String.valueOf(fault.getMessage())));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end(ctx.channel(), new MqttClosure(Cause.LOST, "the connection was closed"));
    ctx.fireChannelInactive();
  }

  void unreachable(MqttTarget target, @Nullable Throwable fault) {
    Throwable root = fault;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    String why = root == null ? "" : root.getClass().getSimpleName() + ": " + root.getMessage();
    endOnce(new MqttClosure(Cause.UNREACHABLE, target + " (" + why + ")"));
  }

  void disconnect(Channel channel) {
    channel
        .eventLoop()
        .execute(
            () -> {
              closure = closure == null ? new MqttClosure(Cause.CLOSED_HERE, "") : closure;
              if (answered) {
                begun(
                    channel
                        .writeAndFlush(MqttMessage.DISCONNECT)
                        .addListener(ChannelFutureListener.CLOSE));
              } else {
                end(channel, closure);
              }
            });
  }

  void drop(Channel channel, String detail) {
    channel.eventLoop().execute(() -> end(channel, new MqttClosure(Cause.LOST, detail)));
  }

  private void connAck(ChannelHandlerContext ctx, MqttConnAckMessage message) {
    answered = true;
    MqttProperties properties = message.variableHeader().properties();
    MqttConnectReturnCode code = message.variableHeader().connectReturnCode();
    if (code != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
      String said = text(properties, MqttProperties.REASON_STRING);
      listener.answered(userProperties(properties), System.nanoTime());
      end(
          ctx.channel(),
          new MqttClosure(Cause.REFUSED, code.byteValue() & 0xff, said == null ? "" : said));
      return;
    }
    long keepAlive =
        number(
            properties,
            MqttProperties.SERVER_KEEP_ALIVE,
            Math.toIntExact(login.keepAlive().toSeconds()));
    ctx.pipeline()
        .addBefore(
            ctx.name(),
            "idle",
            new IdleStateHandler(keepAlive * 1500, keepAlive * 750, 0, TimeUnit.MILLISECONDS));
    listener.connected(
        new MqttSession(
            text(properties, MqttProperties.ASSIGNED_CLIENT_IDENTIFIER),
            number(properties, MqttProperties.RECEIVE_MAXIMUM, DEFAULT_RECEIVE_MAXIMUM),
            userProperties(properties)));
  }

  private void received(MqttPublishMessage message) {
    byte[] payload = new byte[message.payload().readableBytes()];
    message.payload().readBytes(payload);
    int packetId =
        message.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE
            ? message.variableHeader().packetId()
            : 0;
    listener.received(message.variableHeader().topicName(), payload, packetId);
  }

  private void serverLeft(ChannelHandlerContext ctx, MqttMessage message) {
    int code = 0;
    String said = null;
    if (message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header) {
      code = header.reasonCode() & 0xff;
      said = text(header.properties(), MqttProperties.REASON_STRING);
    }
    end(ctx.channel(), new MqttClosure(Cause.SERVER_LEFT, code, said == null ? "" : said));
  }

  /** The first reason given is the one that is told. */
  private void end(Channel channel, MqttClosure reason) {
    MqttClosure first = closure == null ? reason : closure;
    begun(channel.close());
    endOnce(first);
  }

  private void endOnce(MqttClosure reason) {
    answered = true;
    if (!ended) {
      ended = true;
      listener.closed(reason);
    }
  }

  /** What fails of these shows as the connection's end, so nobody waits for them. */
  static void begun(Future<?> operation) {
    Objects.requireNonNull(operation);
  }

  private static MqttClosure tlsClosure(Throwable fault) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      if (t instanceof KeyPin.WrongKeyException) {
        return new MqttClosure(Cause.WRONG_FINGERPRINT, t.getMessage());
      }
    }
    return new MqttClosure(Cause.TLS_FAILED, fault.getMessage());
  }

  private MqttConnectMessage connectMessage() {
    MqttProperties properties = new MqttProperties();
    properties.add(
        new MqttProperties.IntegerProperty(
            MqttProperties.RECEIVE_MAXIMUM, Limits.AGENT_RECEIVE_MAXIMUM));
    properties.add(
        new MqttProperties.IntegerProperty(
            MqttProperties.MAXIMUM_PACKET_SIZE, Limits.MAX_PACKET_BYTES));
    login
        .userProperties()
        .forEach((name, value) -> properties.add(new MqttProperties.UserProperty(name, value)));
    return MqttMessageBuilders.connect()
        .protocolVersion(MqttVersion.MQTT_5)
        .clientId(login.clientId())
        .username(login.username())
        .password(login.password().getBytes(StandardCharsets.UTF_8))
        .cleanSession(true)
        .keepAlive(Math.toIntExact(login.keepAlive().toSeconds()))
        .properties(properties)
        .build();
  }

  private static @Nullable String text(MqttProperties properties, int id) {
    return properties.getProperty(id) instanceof MqttProperties.StringProperty property
        ? property.value()
        : null;
  }

  private static int number(MqttProperties properties, int id, int otherwise) {
    return properties.getProperty(id) instanceof MqttProperties.IntegerProperty property
        ? property.value()
        : otherwise;
  }

  private static Map<String, String> userProperties(MqttProperties properties) {
    Map<String, String> all = new LinkedHashMap<>();
    for (MqttProperties.MqttProperty<?> property :
        properties.getProperties(MqttProperties.USER_PROPERTY)) {
      if (property.value() instanceof MqttProperties.StringPair pair) {
        all.put(pair.key, pair.value);
      }
    }
    return all;
  }
}

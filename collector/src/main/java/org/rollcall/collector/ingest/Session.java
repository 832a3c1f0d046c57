package org.rollcall.collector.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.ingest.ReadPauses.Why;
import org.rollcall.collector.intake.Lane;
import org.rollcall.collector.intake.Outcome;
import org.rollcall.collector.intake.Reply;
import org.rollcall.collector.intake.Sender;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection, from CONNECT to the end. Belongs to its event loop; the methods that may
 * be called from elsewhere say so and hand over.
 */
// A write or close that fails closes the channel, which channelInactive handles.
@SuppressWarnings("FutureReturnValueIgnored")
final class Session extends SimpleChannelInboundHandler<MqttMessage> implements Lane {
  private static final Logger log = LoggerFactory.getLogger(Session.class);

  /** How long a client may take to read why it was sent away before the socket is closed. */
  private static final long LAST_WORDS_MILLIS = 500;

  private final House house;
  private final Channel channel;
  private final SocketAddress address;
  private final Acknowledgements acks;
  private final ReadPauses pauses;
  private Outbox.Hearing hearing = Outbox.Hearing.UNLIMITED;
  private volatile @Nullable Outbox outbox;
  private State state = State.NEW;
  private boolean v5;
  private int keepAliveSeconds;
  private volatile @Nullable Sender sender;
  private @Nullable String sessionKey;
  private String reportTopic = "";
  private @Nullable SocketAddress takenOverBy;
  private boolean peerSilent;

  private enum State {
    /** Nothing is known of it. */
    NEW,
    /** Its login is being checked. */
    WAITING,
    /** It may report. */
    OPEN,
    /** It was told to go; what it still sends is dropped. */
    ENDING
  }

  Session(House house, Channel channel) {
    this.house = house;
    this.channel = channel;
    this.address = channel.remoteAddress();
    this.acks = new Acknowledgements(channel);
    this.pauses = new ReadPauses(channel);
  }

  /** Any thread. */
  String agent() {
    Sender known = sender;
    return known == null ? "" : known.agent();
  }

  /** Any thread. */
  SocketAddress address() {
    return address;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, MqttMessage message) {
    if (state == State.ENDING) {
      return;
    }
    if (message.decoderResult().isFailure()) {
      undecodable(message.decoderResult().cause());
    } else if (message instanceof MqttConnectMessage connect && state == State.NEW) {
      connect(connect);
    } else if (state != State.OPEN) {
      protocolError("a packet out of place");
    } else if (message instanceof MqttPublishMessage publish) {
      publish(publish);
    } else {
      other(message);
    }
  }

  private void other(MqttMessage message) {
    switch (message.fixedHeader().messageType()) {
      case PINGREQ -> channel.writeAndFlush(Packets.PINGRESP);
      case SUBSCRIBE -> subscribe((MqttSubscribeMessage) message);
      case UNSUBSCRIBE ->
          channel.writeAndFlush(
              Subscriptions.unsubscribe((MqttUnsubscribeMessage) message, outbox()));
      case PUBACK -> acknowledged((MqttMessageIdVariableHeader) message.variableHeader());
      case DISCONNECT -> channel.close();
      default -> protocolError("a packet that clients do not send here");
    }
  }

  private void acknowledged(MqttMessageIdVariableHeader header) {
    Outbox.Answer answer = outbox().acknowledged(header.messageId(), Packets.problemOf(header));
    if (answer != null) {
      house.configurationAnswered(agent(), answer);
    }
  }

  private void undecodable(Throwable cause) {
    if (cause instanceof MqttUnacceptableProtocolVersionException) {
      v5 = false;
      refuseVersion();
      return;
    }
    house.tally().malformed.increment();
    Disconnect code =
        cause instanceof TooLongFrameException
            ? Disconnect.PACKET_TOO_LARGE
            : Disconnect.MALFORMED_PACKET;
    log.atDebug().addKeyValue("address", address).setCause(cause).log("Packet not readable");
    endHere(code, "");
  }

  private void protocolError(String what) {
    house.tally().malformed.increment();
    endHere(Disconnect.PROTOCOL_ERROR, what);
  }

  private void connect(MqttConnectMessage message) {
    state = State.WAITING;
    int version = message.variableHeader().version();
    v5 = version == MqttVersion.MQTT_5.protocolLevel();
    MqttProperties properties = message.variableHeader().properties();
    if (!v5 && version != MqttVersion.MQTT_3_1_1.protocolLevel()) {
      refuseVersion();
    } else if (properties.getProperty(MqttProperties.AUTHENTICATION_METHOD) != null) {
      house.tally().loginRefused("authentication-method");
      refuse(
          MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD,
          "only user name and password are checked here");
    } else {
      keepAliveSeconds = message.variableHeader().keepAliveTimeSeconds();
      hearing = ConnectRequest.hearing(properties);
      ConnectRequest request = ConnectRequest.of(message, v5);
      house.reception().receive(request, decision -> handOver(() -> decided(decision)));
    }
  }

  /** Whoever speaks neither version understands the old answer best (MQTT 3.1.1, 3.1.2.2). */
  private void refuseVersion() {
    house.tally().loginRefused("protocol-version");
    refuse(
        MqttConnectReturnCode.CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION,
        "only MQTT 3.1.1 and 5 are spoken here");
  }

  private void decided(Decision decision) {
    if (state != State.WAITING || !channel.isActive()) {
      return;
    }
    if (decision instanceof Decision.Welcome welcome) {
      welcome(welcome);
    } else if (decision instanceof Decision.Enrolled enrolled) {
      house.tally().enrolled.increment();
      log.atInfo()
          .addKeyValue("agent", enrolled.redemption().agent())
          .addKeyValue("school", enrolled.redemption().school())
          .log("Agent enrolled");
      sendAndEnd(
          Packets.enrolled(
              enrolled.redemption().agent(),
              enrolled.redemption().school(),
              enrolled.redemption().schoolName()));
    } else if (decision instanceof Decision.Refused refused) {
      house.tally().loginRefused(refused.reason().replace(' ', '-'));
      log.atInfo()
          .addKeyValue("address", address)
          .addKeyValue("reason", refused.reason())
          .log("Login refused");
      refuse(refused.code(), refused.reason());
    }
  }

  private void welcome(Decision.Welcome welcome) {
    int longest = (int) house.longestSilence().toSeconds();
    boolean imposed = keepAliveSeconds == 0 || keepAliveSeconds > longest;
    int seconds = imposed ? longest : keepAliveSeconds;
    state = State.OPEN;
    sender = welcome.sender().from(place(address));
    sessionKey = welcome.sessionKey();
    reportTopic = Topics.report(welcome.sender().agent());
    house.tally().logins.increment();
    house.sessions().enter(welcome.sessionKey(), this);
    house.checkPlace(agent(), welcome.instance(), address);
    channel.writeAndFlush(
        v5 ? Packets.welcome5(seconds, imposed, welcome.assignedId()) : Packets.welcome311());
    ChannelHandlerContext gate = channel.pipeline().context(ConnectGate.class);
    channel
        .pipeline()
        .addBefore(
            channel.pipeline().context(this).name(),
            null,
            new IdleStateHandler(seconds * 1_500L, 0, 0, TimeUnit.MILLISECONDS));
    ConnectGate.open(gate);
  }

  private static String place(SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : "";
  }

  private void publish(MqttPublishMessage message) {
    MqttQoS qos = message.fixedHeader().qosLevel();
    Disconnect breach = v5 ? Breaches.find(message, acks.size()) : null;
    if (qos == MqttQoS.EXACTLY_ONCE) {
      breach = Disconnect.QOS_NOT_SUPPORTED;
    }
    if (breach != null) {
      house.tally().malformed.increment();
      endHere(breach, "");
      return;
    }
    Sender from = known();
    int token = qos == MqttQoS.AT_MOST_ONCE ? 0 : acks.owe(message.variableHeader().packetId());
    String topic = message.variableHeader().topicName();
    if (!topic.equals(reportTopic)) {
      house.intake().refusedBefore(from, "wrong-topic", topic);
      settleHere(token, new Outcome(Outcome.Kind.NOT_YOURS, "wrong-topic"));
      return;
    }
    ByteBuf payload = message.payload();
    boolean json = v5 && Breaches.saysJson(message.variableHeader().properties());
    if (!house.intake().submit(from, payload.nioBuffer(), json, this, token)) {
      pauses.add(Why.INTAKE);
    }
    if (acks.size() >= Limits.RECEIVE_MAXIMUM && !v5) {
      pauses.add(Why.UNACKNOWLEDGED);
    }
  }

  private void subscribe(MqttSubscribeMessage message) {
    Subscriptions.Answer answer = Subscriptions.subscribe(message, outbox());
    house.tally().subscriptionsRefused.add(answer.refused());
    channel.writeAndFlush(
        Packets.subAck(
            v5, message.variableHeader().messageId(), answer.codes(), house.clock().millis()));
    if (answer.hearsConfiguration()) {
      house.tellConfiguration(agent(), outbox());
    }
  }

  /** Made when it is first needed: most of a district's connections should cost little. */
  private Outbox outbox() {
    Outbox mine = outbox;
    if (mine == null) {
      mine = new Outbox(channel, known().agent(), hearing, house.tally());
      outbox = mine;
    }
    return mine;
  }

  /** Any thread. False when it did not subscribe, or has too much waiting. */
  boolean tell(Predicate<Outbox> offer) {
    Outbox to = outbox;
    if (to == null) {
      house.tally().notTold.increment();
      return false;
    }
    return offer.test(to);
  }

  private Sender known() {
    Sender from = sender;
    if (from == null) {
      throw new IllegalStateException("BUG: an open session without a sender");
    }
    return from;
  }

  /** Any thread; the writer's answers to one batch arrive here as one task with one flush. */
  @Override
  public void settled(List<Reply> replies) {
    if (channel.eventLoop().inEventLoop()) {
      replies.forEach(reply -> settleHere(reply.token(), reply.outcome()));
    } else {
      handOver(
          () -> {
            settleAll(replies);
            acks.flush();
          });
    }
  }

  private void settleAll(List<Reply> replies) {
    boolean resendLater = false;
    for (Reply reply : replies) {
      resendLater |= !acks.settle(reply, v5);
    }
    writeAcks();
    if (resendLater) {
      // MQTT 5 has "server unavailable" (0x88) for CONNACK only; busy is what DISCONNECT offers.
      endHere(Disconnect.SERVER_BUSY, "not stored: send it again later");
    }
  }

  private void settleHere(int token, Outcome outcome) {
    settleAll(List.of(new Reply(token, outcome)));
  }

  private void writeAcks() {
    if (state != State.OPEN) {
      return;
    }
    acks.write(v5);
    if (acks.size() < Limits.RECEIVE_MAXIMUM) {
      pauses.remove(Why.UNACKNOWLEDGED);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    acks.flush();
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      pauses.remove(Why.SLOW_READER);
      Outbox to = outbox;
      if (to != null) {
        to.drain();
      }
    } else {
      pauses.add(Why.SLOW_READER);
    }
    ctx.fireChannelWritabilityChanged();
  }

  /** Any thread. */
  @Override
  public void resume() {
    handOver(() -> pauses.remove(Why.INTAKE));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    // While reading is paused, silence says nothing about the client.
    if (event instanceof IdleStateEvent && pauses.none() && state == State.OPEN) {
      house.tally().silent.increment();
      endHere(Disconnect.KEEP_ALIVE_TIMEOUT, "");
    }
  }

  /** Any thread. */
  void takenOverBy(SocketAddress newer) {
    handOver(
        () -> {
          takenOverBy = newer;
          endHere(Disconnect.SESSION_TAKEN_OVER, "the same client connected again");
        });
  }

  /** Any thread. */
  void end(Disconnect code, String reason) {
    handOver(() -> endHere(code, reason));
  }

  private void endHere(Disconnect code, String reason) {
    if (state == State.ENDING) {
      return;
    }
    boolean greeted = state == State.OPEN;
    state = State.ENDING;
    if (greeted && v5) {
      sendAndEnd(Packets.disconnect(code, reason));
    } else {
      acks.flush();
      channel.close();
    }
  }

  private void refuse(MqttConnectReturnCode code, String reason) {
    sendAndEnd(Packets.refused(v5, code, reason, house.clock().millis()));
  }

  /**
   * Closing a socket with unread input resets it, and the peer may never see the last packet; so
   * what still comes is read and dropped for a moment.
   */
  private void sendAndEnd(MqttMessage lastWords) {
    state = State.ENDING;
    channel.writeAndFlush(lastWords);
    pauses.forget();
    channel.eventLoop().schedule(this::closeOnSilentPeer, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void closeOnSilentPeer() {
    peerSilent = channel.isActive();
    channel.close();
  }

  /** A loop that has ended has closed its connections; the client will send again elsewhere. */
  private void handOver(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      log.atDebug().addKeyValue("agent", agent()).log("Connection had gone before its answer");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    state = State.ENDING;
    house.intake().leave(this);
    if (sessionKey != null) {
      house.sessions().leave(sessionKey, this);
    }
    // A peer that hangs up when it is told to go was alive; a broken line says nothing, or resets.
    if (takenOverBy != null && !peerSilent) {
      house.twoPlaces().liveTakeOver(agent(), address, takenOverBy);
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    peerSilent = true;
    if (cause instanceof IOException || cause.getCause() instanceof IOException) {
      log.atDebug().setCause(cause).addKeyValue("agent", agent()).log("Connection broke");
    } else {
      log.atError().setCause(cause).addKeyValue("agent", agent()).log("Connection failed");
    }
    ctx.close();
  }
}

package org.rollcall.collector.ingest;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.Topics;
import org.rollcall.protocol.v1.Configuration;

/**
 * What one connected agent is still to hear: its configuration and commands. Bounded; a full one
 * takes no more. Nothing outlives the connection, because a session here ends with it: who needs a
 * command done looks for what comes of it. {@link #offer} on any thread, the rest on the
 * connection's event loop.
 */
// A write that fails closes the channel, and everything here with it.
@SuppressWarnings("FutureReturnValueIgnored")
final class Outbox {
  /** Messages that may wait for one agent; a project default. */
  static final int MAX_WAITING = 32;

  /** Unacknowledged ones, if the client's receive maximum allows as many; a project default. */
  static final int MAX_IN_FLIGHT = 16;

  /** Fixed header, topic, packet id and properties: more than they ever take, in bytes. */
  private static final int AROUND_PAYLOAD = 128;

  private static final int NOT_SUBSCRIBED = -1;

  private final Channel channel;
  private final String agent;
  private final int window;
  private final long largestPacket;
  private final IngestTally tally;
  private final ArrayDeque<Message> waiting = new ArrayDeque<>(4);
  private int configurationQos = NOT_SUBSCRIBED;
  private int commandQos = NOT_SUBSCRIBED;
  private long newestRevision;

  /** The packet id and revision of the configuration that was sent last; 0: answered, or none. */
  private int askedId;

  private long askedRevision;

  /** Bit n: packet id n + 1 is not acknowledged yet. */
  private int inFlight;

  /** What an agent may hear. */
  enum Kind {
    CONFIGURATION,
    COMMAND
  }

  private record Message(Kind kind, byte[] payload, long revision) {}

  /**
   * What an agent said of a configuration.
   *
   * @param problem why it cannot use it; null: it runs it
   */
  record Answer(long revision, @Nullable String problem) {}

  /**
   * @param hearing what the client takes, as its CONNECT said
   */
  Outbox(Channel channel, String agent, Hearing hearing, IngestTally tally) {
    this.channel = channel;
    this.agent = agent;
    this.window = Math.max(1, Math.min(MAX_IN_FLIGHT, hearing.receiveMaximum()));
    this.largestPacket = hearing.largestPacket();
    this.tally = tally;
  }

  /**
   * What a client said it takes.
   *
   * @param receiveMaximum unacknowledged messages at a time
   * @param largestPacket in bytes
   */
  record Hearing(int receiveMaximum, long largestPacket) {
    /** What holds where nothing was said (MQTT 5, 3.1.2.11). */
    static final Hearing UNLIMITED = new Hearing(65_535, 0xffff_ffffL);
  }

  /** Which of its topics this is, or null when it is none that it may hear. */
  @Nullable Kind kindOf(String topic) {
    if (topic.equals(Topics.config(agent))) {
      return Kind.CONFIGURATION;
    }
    return topic.equals(Topics.command(agent)) ? Kind.COMMAND : null;
  }

  synchronized void subscribed(Kind kind, int qos) {
    if (kind == Kind.COMMAND) {
      commandQos = qos;
    } else {
      configurationQos = qos;
    }
  }

  private int granted(Kind kind) {
    return kind == Kind.COMMAND ? commandQos : configurationQos;
  }

  synchronized void unsubscribed(Kind kind) {
    subscribed(kind, NOT_SUBSCRIBED);
    waiting.removeIf(message -> message.kind() == kind);
    newestRevision = kind == Kind.CONFIGURATION ? 0 : newestRevision;
  }

  /**
   * Takes a message; a configuration takes the place of one that still waits.
   *
   * @return false when the client did not subscribe, takes none so large, or has too many waiting
   */
  boolean offer(Kind kind, byte[] payload) {
    return offer(kind, payload, 0);
  }

  private boolean offer(Kind kind, byte[] payload, long revision) {
    synchronized (this) {
      if (granted(kind) == NOT_SUBSCRIBED || payload.length + AROUND_PAYLOAD > largestPacket) {
        tally.notTold.increment();
        return false;
      }
      if (kind == Kind.CONFIGURATION) {
        waiting.removeIf(message -> message.kind() == kind);
      }
      if (waiting.size() >= MAX_WAITING) {
        tally.notTold.increment();
        return false;
      }
      waiting.add(new Message(kind, payload, revision));
    }
    try {
      channel.eventLoop().execute(this::drain);
    } catch (RejectedExecutionException e) {
      return false;
    }
    return true;
  }

  /**
   * Takes a configuration, unless it or a newer one was taken before: what was read for a
   * subscription may come behind a change that was pushed meanwhile, and agents subscribe again to
   * ask the time.
   */
  synchronized boolean offer(Configuration configuration) {
    if (configuration.getRevision() <= newestRevision) {
      return true;
    }
    boolean taken =
        offer(Kind.CONFIGURATION, configuration.toByteArray(), configuration.getRevision());
    newestRevision = taken ? configuration.getRevision() : newestRevision;
    return taken;
  }

  /** Sends what may go now. */
  void drain() {
    boolean any = false;
    while (channel.isActive() && channel.isWritable()) {
      if (!sendNext()) {
        break;
      }
      any = true;
    }
    if (any) {
      channel.flush();
    }
  }

  private synchronized boolean sendNext() {
    Message next = waiting.peek();
    if (next == null) {
      return false;
    }
    int qos = granted(next.kind());
    int packetId = qos == 0 ? 0 : freeId();
    if (qos > 0 && packetId == 0) {
      return false;
    }
    waiting.remove();
    if (qos > 0) {
      inFlight |= 1 << (packetId - 1);
    }
    if (next.kind() == Kind.CONFIGURATION) {
      askedId = packetId;
      askedRevision = next.revision();
    }
    channel.write(
        MqttMessageBuilders.publish()
            .topicName(next.kind() == Kind.COMMAND ? Topics.command(agent) : Topics.config(agent))
            .qos(MqttQoS.valueOf(qos))
            .messageId(packetId)
            .properties(MqttProperties.NO_PROPERTIES)
            .payload(Unpooled.wrappedBuffer(next.payload()))
            .build());
    tally.told.increment();
    return true;
  }

  private int freeId() {
    int slot = Integer.numberOfTrailingZeros(~inFlight);
    return slot < window ? slot + 1 : 0;
  }

  /**
   * PUBACK, whatever its code: the client has it.
   *
   * @param problem why it cannot use it; null when the code says nothing of the kind
   * @return of what configuration it speaks; null: of none, or of one that is no longer the newest
   */
  @Nullable Answer acknowledged(int packetId, @Nullable String problem) {
    if (packetId < 1 || packetId > window) {
      return null;
    }
    Answer answer = null;
    synchronized (this) {
      inFlight &= ~(1 << (packetId - 1));
      if (packetId == askedId) {
        answer = new Answer(askedRevision, problem);
        askedId = 0;
      }
    }
    drain();
    return answer;
  }
}

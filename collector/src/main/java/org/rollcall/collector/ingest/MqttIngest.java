package org.rollcall.collector.ingest;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.identity.ServerIdentity;
import org.rollcall.collector.intake.Intake;
import org.rollcall.collector.intake.LogThrottle;
import org.rollcall.protocol.v1.Command;
import org.rollcall.protocol.v1.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MQTT door: lets agents in, hands their reports to the intake, and acknowledges what the
 * intake says is durable. Close it before the intake, so that nothing more comes in while that
 * empties.
 */
// A write or close that fails closes the channel, which channelInactive handles.
@SuppressWarnings("FutureReturnValueIgnored")
public final class MqttIngest implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MqttIngest.class);
  private static final int BACKLOG = 1_024;

  /** What one slow reader may have waiting: 4,096 acknowledgements. */
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(4 * 1024, 16 * 1024);

  private static final Duration REVOCATION_POLL = Duration.ofSeconds(1);

  /** Looks back further than it polls: a login may be under way while its agent is revoked. */
  private static final Duration REVOCATION_WINDOW = Duration.ofSeconds(30);

  private static final Duration SEEN_PERIOD = Duration.ofSeconds(20);

  private final MqttSettings settings;
  private final ServerIdentity identity;
  private final Agents agents;
  private final Clock clock;
  private final IngestTally tally = new IngestTally();
  private final Sessions sessions = new Sessions(tally);
  private final TwoPlaces twoPlaces;
  private final Reception reception;
  private final House house;
  private final List<Channel> listeners = new ArrayList<>();
  private @Nullable EventLoopGroup loops;

  /** Only accepts: on a loop with connections of its own, callers would wait behind those. */
  private @Nullable EventLoopGroup acceptor;

  private @Nullable ScheduledExecutorService keeper;
  private volatile ConfigurationSource configurations = agent -> null;
  private boolean closed;

  public MqttIngest(
      MqttSettings settings, ServerIdentity identity, Agents agents, Intake intake, Clock clock) {
    this.settings = settings;
    this.identity = identity;
    this.agents = agents;
    this.clock = clock;
    this.twoPlaces = new TwoPlaces(clock, tally);
    this.reception = new Reception(agents);
    this.house =
        new House(
            intake,
            reception,
            sessions,
            twoPlaces,
            tally,
            settings.limits().longestSilence(),
            () -> configurations,
            clock);
  }

  /**
   * Opens the ports; once.
   *
   * @throws UncheckedIOException with a sentence if a port cannot be had
   */
  public synchronized void start() {
    if (loops != null) {
      throw new IllegalStateException("BUG: the MQTT door was started twice");
    }
    loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
    acceptor = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    FrontDoor door =
        new FrontDoor(
            house, settings.limits(), room(), new LogThrottle(clock, Duration.ofSeconds(10)));
    try {
      listen(door, sslContext(), settings.tls().bind(), settings.tls().port());
      if (settings.plain().enabled()) {
        listen(door, null, settings.plain().bind(), settings.plain().port());
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    ScheduledExecutorService housekeeping =
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "ingest-keeper"));
    keeper = housekeeping;
    every(housekeeping, REVOCATION_POLL, this::endRevoked);
    every(housekeeping, SEEN_PERIOD, this::noteSeen);
  }

  private int room() {
    int wanted = settings.limits().connections();
    int room = Descriptors.roomFor(wanted, Descriptors.most());
    if (room < wanted) {
      log.atWarn()
          .addKeyValue("wanted", wanted)
          .addKeyValue("room", room)
          .addKeyValue("openFiles", Descriptors.most())
          .log("Fewer agents may connect than mqtt.limits.connections says: raise ulimit -n");
    }
    return room;
  }

  /** The port that TLS clients connect to: the configured one, or the one found for 0. */
  public synchronized int tlsPort() {
    return port(0);
  }

  /** The plain port; only if it is enabled. */
  public synchronized int plainPort() {
    return port(1);
  }

  /** Where agents' configurations come from; before the start. Until then no agent has one. */
  public void configurations(ConfigurationSource source) {
    configurations = source;
  }

  /**
   * Tells one of our own agents to do something, and when it was sent. Any thread; does not wait.
   *
   * @param agent {@code a-…}; foreign agents are told nothing
   * @return false: it is not connected, did not subscribe, or has {@value Outbox#MAX_WAITING}
   *     messages waiting. True: it went to a live connection, which may still break; what comes of
   *     it is seen in what the agent reports
   */
  public boolean command(String agent, Command command) {
    byte[] bytes = command.toBuilder().setSentMillis(clock.millis()).build().toByteArray();
    return sessions.tell(agent, outbox -> outbox.offer(Outbox.Kind.COMMAND, bytes));
  }

  /**
   * Sends a changed configuration; false as {@link #command}, and then it comes when it is back.
   */
  public boolean configuration(String agent, Configuration configuration) {
    return sessions.tell(agent, outbox -> outbox.offer(configuration));
  }

  public IngestCounts counts() {
    return tally.snapshot();
  }

  /** Tells every client that the server goes, and closes; what was not acknowledged comes again. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (keeper != null) {
      keeper.shutdownNow();
      Reception.awaitEnd(keeper, "Housekeeping");
      noteSeenAtTheEnd();
    }
    listeners.forEach(listener -> listener.close().syncUninterruptibly());
    sessions.endAll(MqttReasonCodes.Disconnect.SERVER_SHUTTING_DOWN, "the server is stopping");
    reception.close();
    end(acceptor);
    end(loops);
  }

  private static void end(@Nullable EventLoopGroup group) {
    if (group != null) {
      group.shutdownGracefully(50, 5_000, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
  }

  private int port(int listener) {
    if (listeners.size() <= listener) {
      throw new IllegalStateException("BUG: this port is not open");
    }
    return ((InetSocketAddress) listeners.get(listener).localAddress()).getPort();
  }

  private void listen(FrontDoor door, @Nullable SslContext tls, String bind, int port) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptor, loops)
            .channel(NioServerSocketChannel.class)
            .handler(door.stale().atTheDoor())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(door.initializer(tls));
    ChannelFuture bound = bootstrap.bind(bind, port).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new UncheckedIOException(
          "MQTT cannot listen on "
              + bind
              + ":"
              + port
              + ": is another program using the port? Change mqtt."
              + (tls == null ? "plain" : "tls")
              + ".port.",
          new IOException(bound.cause()));
    }
    listeners.add(bound.channel());
    log.atInfo()
        .addKeyValue("address", bound.channel().localAddress())
        .addKeyValue("tls", tls != null)
        .log("MQTT is listening");
  }

  private SslContext sslContext() {
    try {
      return SslContextBuilder.forServer(identity.privateKey(), identity.certificate())
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("The server's TLS key cannot be used: restore it.", e);
    }
  }

  private void endRevoked() {
    List<String> revoked = agents.revokedSince(clock.instant().minus(REVOCATION_WINDOW));
    if (!revoked.isEmpty()) {
      sessions.end(revoked, MqttReasonCodes.Disconnect.NOT_AUTHORIZED, "revoked");
    }
    // A login may have been under way while its agent was held.
    List<String> held = agents.heldSince(clock.instant().minus(REVOCATION_WINDOW));
    if (!held.isEmpty()) {
      sessions.end(held, MqttReasonCodes.Disconnect.NOT_AUTHORIZED, Reception.HELD);
    }
  }

  private void noteSeen() {
    twoPlaces.forgetOld();
    agents.seen(sessions.seenLately());
  }

  private void noteSeenAtTheEnd() {
    try {
      noteSeen();
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).log("Who was seen last could not be noted");
    }
  }

  /** The database may be busy; the next round makes up for a failed one. */
  private static void every(ScheduledExecutorService executor, Duration period, Runnable task) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("Housekeeping failed; it is tried again");
          }
        };
    executor.scheduleWithFixedDelay(
        guarded, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }
}

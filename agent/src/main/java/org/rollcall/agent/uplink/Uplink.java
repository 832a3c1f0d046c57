package org.rollcall.agent.uplink;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.notice.RepeatedNotice;
import org.rollcall.agent.spool.Spool;
import org.rollcall.agent.spool.SpooledReport;
import org.rollcall.agent.uplink.MqttClosure.Cause;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.AgentToken;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains a spool to the collector, for as long as it takes. A report leaves the spool when the
 * collector has acknowledged it, and is sent again on every new connection until then. After an
 * outage the newest report goes first, and the backlog behind it, in order, once everybody else who
 * was cut off has had the time to come back.
 *
 * <p>What PUBACK says: 0x00 released; 0x97 sent again after a while; 0x99, 0x95 and 0x90 put aside
 * in the refused folder, with a gap in its place; anything else sent again after a longer while.
 *
 * <p>Everything runs as one task at a time on the worker, fed by a queue of what happened; the
 * queue cannot hold more than the in-flight window's acknowledgements and a few events.
 */
public final class Uplink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

  /** Told with each CONNECT, so that a technician sees who runs what. */
  private static final String VERSION =
      Objects.requireNonNullElse(
          Uplink.class.getPackage().getImplementationVersion(), "unpackaged");

  private static final Duration NOTICE_INTERVAL = Duration.ofMinutes(15);
  private static final Duration ACK_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(15);

  private static final Duration GOODBYE = Duration.ofSeconds(2);

  /** How much longer than after a broken line to wait when the collector does not want us. */
  private static final int UNWANTED_FACTOR = 30;

  private static final int QUOTA_FACTOR = 5;

  /** Nobody releases a held agent within minutes, and asking does not help. */
  private static final int HELD_FACTOR = 6;

  private static final int NOT_AUTHORIZED = 0x87;
  private static final String HELD = "held";
  private static final int SUBSCRIBE_PACKET = 65_534;

  /** How often the collector is asked the time, by subscribing again; a project default. */
  private static final Duration TIME_INTERVAL = Duration.ofHours(1);

  /** Twice what was granted: the rest of a connection that broke may still be waiting. */
  private static final int MOST_UNHANDLED = 2 * Limits.AGENT_RECEIVE_MAXIMUM;

  private static final int READ_BYTES = 256 * 1024;

  private final MqttTarget target;
  private final AgentKey key;
  private final Spool spool;
  private final UplinkSettings settings;
  private final UplinkThreads threads;
  private final RefusedReports refusedReports;
  private final RepeatedNotice notice;
  private final BackOff reconnect;
  private final BackOff unwanted;
  private final BackOff quota;
  private final BackOff held;

  /**
   * Tells this run from others with the same key; the collector holds a key that is in two places.
   */
  private final String instance;

  private final String topic;

  private final Queue<Runnable> happened = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder sent = new LongAdder();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder putOff = new LongAdder();
  private final LongAdder connects = new LongAdder();
  private final AtomicInteger unhandled = new AtomicInteger();
  private volatile boolean connected;
  private volatile @Nullable Instant connectedSince;
  private volatile String lastClosure = "";
  private volatile @Nullable UplinkListener listener;

  // Touched by the worker's task alone.
  private @Nullable MqttConnection connection;
  private @Nullable Object attempt;
  private @Nullable Lanes lanes;
  private @Nullable ScheduledFuture<?> watching;
  private long askedNanos;
  private boolean paused;

  /** When the backlog of the outage that ended last may go, by the monotonic clock; 0: none. */
  private long backlogNanos;

  private boolean closed;

  /**
   * @param refusedFolder where reports go that the collector will never take
   */
  public Uplink(
      MqttTarget target,
      AgentKey key,
      Spool spool,
      UplinkSettings settings,
      Path refusedFolder,
      UplinkThreads threads) {
    this.target = target;
    this.key = key;
    this.spool = spool;
    this.settings = settings;
    this.threads = threads;
    this.topic = Topics.report(key.agentId());
    this.refusedReports = new RefusedReports(refusedFolder);
    this.notice = new RepeatedNotice(LOG, NOTICE_INTERVAL, threads.clock());
    this.reconnect = new BackOff(settings.retryFrom(), settings.retryTo(), threads.random());
    this.unwanted = longer(settings, UNWANTED_FACTOR);
    this.quota = longer(settings, QUOTA_FACTOR);
    this.held =
        new BackOff(
            settings.retryTo(), settings.retryTo().multipliedBy(HELD_FACTOR), threads.random());
    this.instance = Long.toHexString(threads.random().nextLong());
  }

  private BackOff longer(UplinkSettings settings, int factor) {
    Duration from = settings.retryFrom().multipliedBy(factor);
    Duration to = settings.retryTo();
    return new BackOff(from.compareTo(to) < 0 ? from : to, to, threads.random());
  }

  /** Who hears what the collector says; before the start. */
  public void listener(UplinkListener to) {
    listener = to;
  }

  /** Begins to connect, and does not stop until closed. The spool is started before. */
  public void start() {
    spool.onReadable(() -> post(() -> {}));
    post(
        () -> {
          watching =
              threads
                  .worker()
                  .scheduleWithFixedDelay(
                      () -> post(this::watch),
                      WATCH_INTERVAL.toMillis(),
                      WATCH_INTERVAL.toMillis(),
                      TimeUnit.MILLISECONDS);
          connect();
        });
  }

  public UplinkFigures figures() {
    return new UplinkFigures(
        connected,
        connectedSince,
        lastClosure,
        sent.sum(),
        acknowledged.sum(),
        refused.sum(),
        putOff.sum(),
        connects.sum());
  }

  /**
   * Says goodbye to the collector; waits a moment for that. What was not acknowledged stays in the
   * spool. Not to be called on the worker.
   */
  @Override
  public void close() {
    CountDownLatch done = new CountDownLatch(1);
    post(
        () -> {
          closed = true;
          if (watching != null) {
            watching.cancel(false);
          }
          if (connection != null) {
            connection.disconnect();
          }
          done.countDown();
        });
    try {
      if (!done.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atWarn().log("Uplink still busy; closed without a goodbye");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void post(Runnable event) {
    happened.add(event);
    if (waiting.getAndIncrement() == 0) {
      try {
        threads.worker().execute(this::work);
      } catch (RejectedExecutionException e) {
        LOG.atDebug().log("Uplink event after the end of the worker");
      }
    }
  }

  private void work() {
    int taken = waiting.get();
    while (taken > 0) {
      try {
        for (Runnable event = happened.poll(); event != null; event = happened.poll()) {
          event.run();
        }
        send();
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("Uplink failed; it goes on");
      }
      taken = waiting.addAndGet(-taken);
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    Object mine = new Object();
    attempt = mine;
    askedNanos = System.nanoTime();
    UplinkListener to = listener;
    MqttLogin login =
        new MqttLogin(
            key.agentId(),
            key.agentId(),
            AgentToken.issue(key, to == null ? threads.clock().instant() : to.now()),
            Map.of("instance", instance, "version", VERSION),
            Limits.KEEP_ALIVE);
    connection = MqttConnection.open(threads.network(), target, login, new Events(mine));
  }

  private void connected(MqttSession session) {
    if (connection == null || closed) {
      return;
    }
    connected = true;
    connects.increment();
    notice.over("Collector is back", target.toString());
    unwanted.reset();
    held.reset();
    lastClosure = "";
    connectedSince = threads.clock().instant();
    int window = Math.max(1, Math.min(Limits.RECEIVE_MAXIMUM, session.receiveMaximum()));
    lanes = new Lanes(spool.figures(), window, threads.clock());
    holdBacklog(lanes);
    subscribe(connection);
    LOG.atInfo()
        .addKeyValue("server", target)
        .addKeyValue("agent", key.agentId())
        .addKeyValue("waiting", spool.figures().reports())
        .addKeyValue("window", window)
        .log("Connected to the collector");
  }

  /**
   * Others were cut off by the same outage, and each of them has something new to tell: back-fill
   * waits until all who come back within the longest retry are in. Once for an outage, so that a
   * line that breaks again and again brings it in all the same.
   */
  private void holdBacklog(Lanes mine) {
    if (spool.figures().reports() <= Lanes.LONG_BACKLOG) {
      backlogNanos = 0;
      return;
    }
    long now = System.nanoTime();
    if (backlogNanos == 0) {
      long longest = settings.retryTo().toNanos();
      backlogNanos = now + longest + (long) (threads.random().nextDouble() * longest);
    }
    long left = backlogNanos - now;
    if (left > 0) {
      mine.hold();
      later(Duration.ofNanos(left), mine::letGo);
    }
  }

  /** The answer carries the collector's time, so this is also how that is asked for. */
  private void subscribe(MqttConnection to) {
    askedNanos = System.nanoTime();
    to.subscribe(SUBSCRIBE_PACKET, Topics.config(key.agentId()), Topics.command(key.agentId()));
  }

  private void answered(Map<String, String> properties, long arrivedNanos) {
    String time = properties.get(Limits.TIME_PROPERTY);
    UplinkListener to = listener;
    if (time == null || to == null) {
      return;
    }
    try {
      to.time(Long.parseLong(time), arrivedNanos - askedNanos, arrivedNanos);
    } catch (NumberFormatException e) {
      LOG.atDebug().addKeyValue("time", time).log("The collector's time is no number");
    }
  }

  private void received(String from, byte[] payload, int packetId) {
    UplinkListener to = listener;
    String refused = to == null ? null : to.received(from, payload);
    if (packetId != 0 && connection != null) {
      connection.acknowledge(packetId, refused);
    }
  }

  private void send() {
    if (connection == null || lanes == null || paused || closed) {
      return;
    }
    boolean any = false;
    for (SpooledReport report = lanes.next(spool, READ_BYTES);
        report != null;
        report = lanes.next(spool, READ_BYTES)) {
      connection.publish(topic, lanes.fly(report.position()), report.bytes());
      sent.increment();
      any = true;
    }
    if (any) {
      connection.flush();
    }
  }

  private void acknowledged(int packetId, int code) {
    long position = lanes == null ? 0 : lanes.land(packetId);
    if (lanes == null || position == 0) {
      return;
    }
    switch (code) {
      case 0x00, 0x10 -> {
        // Counted first: whoever sees the spool empty sees all the counts.
        acknowledged.increment();
        spool.release(position);
        reconnect.reset();
        quota.reset();
      }
      case 0x90, 0x95, 0x99 -> refuse(position, code);
      case 0x97 -> putOff(position, quota, "The collector wants this agent's reports later");
      default -> putOff(position, unwanted, "The collector does not take this agent's reports");
    }
  }

  private void refuse(long position, int code) {
    for (SpooledReport report : spool.read(position, 1, READ_BYTES)) {
      if (report.position() == position) {
        refusedReports.keep(report, code);
      }
    }
    refused.increment();
    UplinkListener to = listener;
    long local = threads.clock().millis();
    long now = to == null ? local : to.now().toEpochMilli();
    long ahead = local - now;
    spool.refuse(position, now, ahead > Limits.MAX_AHEAD.toMillis() ? ahead : 0);
    notice.warn(
        "The collector refuses a report as malformed; it is kept in the refused folder",
        target.toString(),
        hex(code));
  }

  private void putOff(long position, BackOff backOff, String message) {
    if (lanes == null) {
      return;
    }
    lanes.again(position);
    putOff.increment();
    if (paused) {
      return;
    }
    paused = true;
    notice.warn(message, target.toString(), hex(code(backOff)));
    later(backOff.next(), () -> paused = false);
  }

  private int code(BackOff backOff) {
    return backOff == quota ? 0x97 : 0x87;
  }

  private void closed(MqttClosure closure) {
    connection = null;
    attempt = null;
    lanes = null;
    connected = false;
    connectedSince = null;
    if (closed || closure.cause() == Cause.CLOSED_HERE) {
      return;
    }
    notice.warn(sentence(closure), target.toString(), detail(closure));
    boolean notWanted =
        closure.cause() == Cause.REFUSED || closure.cause() == Cause.WRONG_FINGERPRINT;
    boolean isHeld = closure.detail().equals(HELD) && closure.code() == NOT_AUTHORIZED;
    lastClosure = detail(closure);
    later((isHeld ? held : notWanted ? unwanted : reconnect).next(), this::connect);
  }

  private void watch() {
    if (connection != null
        && lanes != null
        && lanes.oldestFlightMillis() > ACK_TIMEOUT.toMillis()) {
      connection.drop("a report was not acknowledged within " + ACK_TIMEOUT.toSeconds() + " s");
    } else if (connection != null
        && lanes != null
        && System.nanoTime() - askedNanos > TIME_INTERVAL.toNanos()) {
      subscribe(connection);
    }
  }

  private void later(Duration wait, Runnable event) {
    try {
      ScheduledFuture<?> unused =
          threads.worker().schedule(() -> post(event), wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.atDebug().log("Uplink event after the end of the worker");
    }
  }

  private static String sentence(MqttClosure closure) {
    return switch (closure.cause()) {
      case UNREACHABLE -> "Collector cannot be reached; reports wait in the spool";
      case TLS_FAILED -> "Collector does not speak TLS as expected; reports wait in the spool";
      case WRONG_FINGERPRINT ->
          "Collector shows a key other than the one this agent was enrolled with, and is not"
              + " trusted; if the server was set up anew, enrol again with --replace";
      case REFUSED, SERVER_LEFT ->
          closure.detail().equals(HELD)
              ? "Collector holds this agent, because its key was seen in two places: on the copy,"
                  + " enrol with --replace and a new code; the server's technician releases this"
                  + " one"
              : closure.cause() == Cause.SERVER_LEFT
                  ? "Collector closed the connection; reports wait in the spool"
                  : "Collector refuses this agent; ask for a new enrolment code if it was revoked";
      case TIMEOUT -> "Collector does not answer; reports wait in the spool";
      case LOST, CLOSED_HERE -> "Connection to the collector was lost; reports wait in the spool";
      case PROTOCOL_ERROR -> "What answers is no MQTT 5 server; reports wait in the spool";
    };
  }

  private static String detail(MqttClosure closure) {
    return closure.code() == 0 ? closure.detail() : hex(closure.code()) + " " + closure.detail();
  }

  private static String hex(int code) {
    return String.format(Locale.ROOT, "0x%02x", code);
  }

  /** Brings a connection's events to the worker, unless the connection is one given up. */
  private final class Events implements MqttListener {
    private final Object mine;

    Events(Object mine) {
      this.mine = mine;
    }

    @Override
    public void connected(MqttSession session) {
      forward(() -> Uplink.this.connected(session));
    }

    @Override
    public void acknowledged(int packetId, int reasonCode) {
      forward(() -> Uplink.this.acknowledged(packetId, reasonCode));
    }

    @Override
    public void answered(Map<String, String> properties, long arrivedNanos) {
      forward(() -> Uplink.this.answered(properties, arrivedNanos));
    }

    @Override
    public void received(String from, byte[] payload, int packetId) {
      if (unhandled.incrementAndGet() > MOST_UNHANDLED) {
        unhandled.decrementAndGet();
        LOG.atDebug().addKeyValue("topic", from).log("More messages than this agent granted");
        return;
      }
      post(() -> handle(from, payload, packetId));
    }

    private void handle(String from, byte[] payload, int packetId) {
      unhandled.decrementAndGet();
      if (attempt == mine) {
        Uplink.this.received(from, payload, packetId);
      }
    }

    @Override
    public void closed(MqttClosure closure) {
      forward(() -> Uplink.this.closed(closure));
    }

    private void forward(Runnable event) {
      post(
          () -> {
            if (attempt == mine) {
              event.run();
            }
          });
    }
  }
}

package org.rollcall.collector.channels;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.channels.Message.Tone;
import org.rollcall.collector.database.Database;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels by which people are told. What is posted waits in the register until the other side
 * has taken it. A few threads between {@link #start} and {@link #close}; any thread may post.
 */
public final class Channels implements AutoCloseable {
  /** How long the log is kept. Project default. */
  static final Duration KEPT = Duration.ofDays(90);

  /** How long the end waits for what is being sent. Project default. */
  private static final Duration CLOSING = Duration.ofSeconds(30);

  private static final long LOOK_MILLIS = 500;
  private static final int MOST_THREADS = 4;
  private static final Logger log = LoggerFactory.getLogger(Channels.class);

  private final Map<String, Worker> workers = new LinkedHashMap<>();
  private final DeliveryRows rows;
  private final Clock clock;
  private final @Nullable String site;
  private @Nullable ScheduledExecutorService threads;

  /**
   * A channel now.
   *
   * @param sent messages since the start
   * @param letters what left for them: a digest is one
   * @param retried tries that failed and were put off
   * @param lastReason what the last try came to; empty before the first
   */
  public record Status(
      ChannelSetting setting,
      long waiting,
      long sent,
      long letters,
      long failed,
      long retried,
      String lastReason) {}

  private Channels(DeliveryRows rows, Clock clock, @Nullable String site) {
    this.rows = rows;
    this.clock = clock;
    this.site = site;
  }

  /**
   * Makes them ready; nothing is sent before {@link #start}.
   *
   * @param site address of the pages, for links; null for none
   * @throws SettingsException if two have one name, or a file of authorities cannot be used
   */
  public static Channels open(
      List<ChannelSetting> settings,
      @Nullable String site,
      Database database,
      Clock clock,
      RandomGenerator random)
      throws SettingsException {
    Channels channels = new Channels(new DeliveryRows(database), clock, site);
    List<Problem> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ChannelSetting setting : settings) {
      if (!names.add(setting.name())) {
        problems.add(
            new Problem("channels", setting.name(), "two have this name", "give each its own"));
      }
      try {
        channels.workers.put(
            setting.name(),
            new Worker(setting, channel(setting, clock), channels.rows, clock, random, site));
      } catch (IOException e) {
        problems.add(
            new Problem(
                "channels",
                setting.name(),
                "its authorities cannot be used",
                String.valueOf(e.getMessage())));
      }
    }
    if (!problems.isEmpty()) {
      throw new SettingsException("channels", problems);
    }
    return channels;
  }

  private static Channel channel(ChannelSetting setting, Clock clock) throws IOException {
    return switch (setting.kind()) {
      case MAIL -> new MailChannel(setting, clock);
      case WEBHOOK -> new WebhookChannel(setting, new HttpDoor(setting), clock);
      case WECOM -> Bots.wecom(setting, new HttpDoor(setting));
      case DINGTALK -> Bots.dingtalk(setting, new HttpDoor(setting), clock);
      case FEISHU -> Bots.feishu(setting, new HttpDoor(setting), clock);
      case SMS -> new SmsChannel(setting, new HttpDoor(setting), clock);
      case ALERTMANAGER -> new AlertmanagerChannel(setting, new HttpDoor(setting), clock);
    };
  }

  /** Begins to send. Once. */
  @SuppressWarnings("FutureReturnValueIgnored") // safely() catches what fails
  public synchronized void start() {
    if (threads != null) {
      throw new IllegalStateException("BUG: the channels were started twice");
    }
    prune();
    ScheduledExecutorService some =
        Executors.newScheduledThreadPool(
            Math.max(1, Math.min(MOST_THREADS, workers.size())),
            task -> new Thread(task, "channels"));
    threads = some;
    for (Worker worker : workers.values()) {
      some.scheduleWithFixedDelay(
          () -> safely(worker), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
    some.scheduleWithFixedDelay(this::prune, 1, 1, TimeUnit.DAYS);
  }

  /** A scheduled task that throws is not run again. */
  private void prune() {
    try {
      rows.prune(clock.instant().minus(KEPT));
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).log("The delivery log was not pruned; it is tried again in a day");
    }
  }

  private static void safely(Worker worker) {
    try {
      worker.work();
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("channel", worker.setting().name())
          .setCause(e)
          .log("A channel failed; it tries again");
    }
  }

  /** Sends what is due now, on the caller's thread; for whoever has a clock of his own. */
  public void work() {
    workers.values().forEach(Worker::work);
  }

  /** Names of the channels there are. */
  public Set<String> names() {
    return Set.copyOf(workers.keySet());
  }

  /**
   * Puts a message into the outbox in the caller's transaction: it is sent after the commit or
   * never. A channel that is not there is logged and left out.
   */
  public void post(Handle handle, Set<String> channels, List<Recipient> to, Message message) {
    Instant now = clock.instant();
    for (String name : channels) {
      Worker worker = workers.get(name);
      if (worker == null) {
        log.atWarn()
            .addKeyValue("channel", name)
            .addKeyValue("topic", message.topic())
            .log("There is no such channel; nobody is told by it");
        continue;
      }
      Duration wait = message.tone() == Tone.RED ? Duration.ZERO : worker.setting().digest();
      rows.put(handle, name, to, message, now.toEpochMilli(), now.plus(wait).toEpochMilli());
    }
  }

  /**
   * Sends a test message now, past the outbox.
   *
   * @param to whom it is for; may be empty
   * @return the reason as a code; {@code ok} if it was taken, {@code pace} if the channel may send
   *     no more in this minute
   * @throws IllegalArgumentException if there is no such channel
   */
  public String test(String name, List<Recipient> to) {
    Worker worker = workers.get(name);
    if (worker == null) {
      throw new IllegalArgumentException("There is no channel " + name + ".");
    }
    Message message =
        new Message(
            "test:" + clock.millis(),
            "test",
            Tone.PLAIN,
            "",
            new Words("点到:测试消息", "Rollcall: a test message"),
            List.of(
                new Words("收到此消息,说明该通知渠道可用。", "That you read this shows that the channel works.")),
            "/channels");
    return worker.now(Letter.of(List.of(message), to, worker.setting().chinese(), site)).reason();
  }

  /** Each channel now, in the order of the settings. */
  public List<Status> status() {
    Map<String, Long> waiting = rows.waiting();
    return workers.values().stream()
        .map(
            worker ->
                new Status(
                    worker.setting(),
                    Objects.requireNonNull(waiting.getOrDefault(worker.setting().name(), 0L)),
                    worker.sent.sum(),
                    worker.letters.sum(),
                    worker.failed.sum(),
                    worker.retried.sum(),
                    worker.lastReason()))
        .toList();
  }

  /**
   * The delivery log, the newest first.
   *
   * @param channel null: any
   * @param state null: any
   */
  public List<Delivery> log(@Nullable String channel, Delivery.@Nullable State state, int most) {
    return rows.log(channel, state, most);
  }

  /**
   * Ends after what is being sent: whoever interrupts it does not know whether it was taken, and
   * would send it again.
   */
  @Override
  public synchronized void close() {
    workers.values().forEach(Worker::stop);
    ScheduledExecutorService some = threads;
    if (some == null) {
      return;
    }
    some.shutdown();
    try {
      if (!some.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
        some.shutdownNow();
      }
    } catch (InterruptedException e) {
      some.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

package org.rollcall.collector.channels;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.channels.ChannelSetting.Kind;
import org.rollcall.collector.channels.Delivery.State;
import org.rollcall.collector.channels.DeliveryRows.Waiting;
import org.rollcall.collector.channels.Message.Tone;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits for one channel, in order, at the pace the other side takes. What was sent is
 * marked after the answer: a crash between sends it once more, and never less than once. One thread
 * at a time.
 */
final class Worker {
  /** Messages in one digest. Project default. */
  private static final int AT_ONCE = 200;

  /** First pause after a failure; it doubles up to the longest. Project defaults. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

  /** What could not be sent for so long is news to nobody. Project default. */
  static final Duration GIVEN_UP = Duration.ofHours(24);

  /** What is on its way may arrive closer together than it left. Project default. */
  private static final Duration MARGIN = Duration.ofMillis(500);

  /** In which limits count. */
  static final Duration MINUTE = Duration.ofMinutes(1).plus(MARGIN);

  private static final Duration BLOCKED = Duration.ofMinutes(10);
  private static final int LARGEST_SHIFT = 12;
  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  final LongAdder letters = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder retried = new LongAdder();
  private final ChannelSetting setting;
  private final Channel channel;
  private final DeliveryRows rows;
  private final Clock clock;
  private final RandomGenerator random;
  private final @Nullable String site;
  private final List<Pace> paces = new ArrayList<>();
  private Instant pausedUntil = Instant.EPOCH;
  private volatile boolean stopped;
  private volatile String lastReason = "";

  Worker(
      ChannelSetting setting,
      Channel channel,
      DeliveryRows rows,
      Clock clock,
      RandomGenerator random,
      @Nullable String site) {
    this.setting = setting;
    this.channel = channel;
    this.rows = rows;
    this.clock = clock;
    this.random = random;
    this.site = site;
    paces.add(new Pace(setting.mostPerMinute(), MINUTE));
    if (setting.kind() == Kind.FEISHU) {
      paces.add(new Pace(5, Duration.ofSeconds(1).plus(MARGIN)));
    }
    rememberTimeBefore();
  }

  /** A restart is no reason for the other side to count less, or to end a pause. */
  private void rememberTimeBefore() {
    Instant now = clock.instant();
    Instant since = now.minus(MINUTE);
    for (Instant at : rows.tried(setting.name(), since, now)) {
      paces.forEach(pace -> pace.sent(at));
    }
    pausedUntil = rows.putOff(setting.name());
  }

  /** Sends nothing more after what is being sent. */
  void stop() {
    stopped = true;
  }

  ChannelSetting setting() {
    return setting;
  }

  /** What the last try came to; empty before the first. */
  String lastReason() {
    return lastReason;
  }

  /** Sends what is due; ends when nothing is, or when the pace or a failure says so. */
  synchronized void work() {
    for (int i = 0; i < AT_ONCE; i++) {
      Instant now = clock.instant();
      if (stopped
          || pausedUntil.isAfter(now)
          || paces.stream().anyMatch(pace -> !pace.allows(now))
          || !rows.anyDue(setting.name(), now.toEpochMilli())) {
        return;
      }
      if (!batch(rows.waiting(setting.name(), AT_ONCE), now)) {
        return;
      }
    }
  }

  /** Sends one letter now, whatever waits, if the pace allows it. */
  synchronized Answer now(Letter letter) {
    Instant before = clock.instant();
    if (paces.stream().anyMatch(pace -> !pace.allows(before))) {
      return Answer.later("pace");
    }
    Answer answer = channel.send(letter);
    paces.forEach(pace -> pace.sent(clock.instant()));
    lastReason = answer.reason();
    return answer;
  }

  /** Whether it may go on. */
  private boolean batch(List<Waiting> waiting, Instant now) {
    List<Waiting> old =
        waiting.stream().filter(each -> each.posted().plus(GIVEN_UP).isBefore(now)).toList();
    if (!old.isEmpty()) {
      rows.mark(ids(old), State.FAILED, now, null, "too-late");
      failed.add(old.size());
      return true;
    }
    List<Waiting> some = chosen(waiting, now);
    List<Waiting> left = new ArrayList<>(some);
    List<Waiting> told = newest(some);
    left.removeAll(told);
    if (told.isEmpty()) {
      rows.mark(ids(left), State.MERGED, now, null, "over");
      return true;
    }
    Set<Recipient> to = new LinkedHashSet<>();
    told.forEach(each -> to.addAll(each.to()));
    Letter letter =
        Letter.of(
            told.stream().map(Waiting::message).toList(), List.copyOf(to), setting.chinese(), site);
    Answer answer = now(letter);
    letters.increment();
    return done(answer, told, left, now);
  }

  /**
   * The first that is due, or all that wait where a digest is wanted or more wait than the pace
   * lets through. Nobody gets what was posted for others.
   */
  private List<Waiting> chosen(List<Waiting> waiting, Instant now) {
    Waiting first =
        waiting.stream()
            .filter(each -> !each.due().isAfter(now))
            .findFirst()
            .orElse(waiting.get(0));
    if (setting.digest().isZero() && waiting.size() <= setting.mostPerMinute() / 2) {
      return List.of(first);
    }
    boolean personal = setting.kind() == Kind.MAIL || setting.kind() == Kind.SMS;
    return waiting.stream().filter(each -> !personal || each.to().equals(first.to())).toList();
  }

  /** Of each topic the newest; none of a topic that is over before it was ever told. */
  private List<Waiting> newest(List<Waiting> some) {
    Map<String, Waiting> byTopic = new LinkedHashMap<>();
    some.forEach(each -> byTopic.put(each.message().topic(), each));
    List<String> over =
        byTopic.values().stream()
            .filter(each -> each.message().tone() == Tone.GREEN)
            .map(each -> each.message().topic())
            .toList();
    if (!over.isEmpty()) {
      Set<String> told = rows.sentTopics(setting.name(), over);
      over.stream().filter(topic -> !told.contains(topic)).forEach(byTopic::remove);
    }
    return new ArrayList<>(byTopic.values());
  }

  private boolean done(Answer answer, List<Waiting> told, List<Waiting> left, Instant now) {
    switch (answer.result()) {
      case TAKEN -> {
        rows.mark(ids(told), State.SENT, now, now, answer.reason());
        rows.mark(ids(left), State.MERGED, now, null, "merged");
        sent.add(told.size());
        return true;
      }
      case REFUSED -> {
        rows.mark(ids(told), State.FAILED, now, null, answer.reason());
        rows.mark(ids(left), State.MERGED, now, null, "merged");
        failed.add(told.size());
        log.atWarn()
            .addKeyValue("channel", setting.name())
            .addKeyValue("reason", answer.reason())
            .log("A channel refused a message; see docs/channels.md for the reason");
        return true;
      }
      case LATER, BLOCKED -> {
        int attempts = told.get(0).attempts();
        Duration pause = answer.result() == Answer.Result.BLOCKED ? BLOCKED : pause(attempts);
        pausedUntil = now.plus(pause);
        rows.mark(ids(told), State.WAITING, pausedUntil, null, answer.reason());
        retried.increment();
        return false;
      }
    }
    throw new IllegalStateException("BUG: an answer that is none of its kinds");
  }

  /** Doubles with each attempt; a quarter of it is chance, so that not all come back at once. */
  private Duration pause(int attempts) {
    long millis =
        Math.min(
            LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(LARGEST_SHIFT, attempts));
    return Duration.ofMillis(millis - (long) (random.nextDouble() * millis / 4));
  }

  private static List<Long> ids(List<Waiting> some) {
    return some.stream().map(Waiting::id).toList();
  }
}

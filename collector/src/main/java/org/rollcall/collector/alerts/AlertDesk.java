package org.rollcall.collector.alerts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.alerts.Alert.State;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.channels.Message;
import org.rollcall.collector.channels.Recipient;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.problems.ProblemDesk;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.config.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerts. A round asks every source for its signals, lets the book decide, and writes down and
 * tells what changed. Has one thread between {@link #start} and {@link #close}; whoever asks or
 * changes may do so from any.
 */
public final class AlertDesk implements AutoCloseable {
  /** Rounds so far apart: this server slept, and what it did not hear says nothing. */
  private static final Duration SLEPT = Duration.ofMinutes(3);

  /** Alerts that are over which a list may hold. Project default. */
  private static final int MOST_ENDED = 5_000;

  private static final Logger log = LoggerFactory.getLogger(AlertDesk.class);

  private final Parts parts;
  private final Clock clock;
  private final AlertSettings settings;
  private final AlertFiles files;
  private final AlertRows rows;
  private final AlertWork work;
  private final Mutes mutes;
  private final LongAdder raised = new LongAdder();
  private final LongAdder posted = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private @Nullable ScheduledExecutorService thread;
  private Instant last = Instant.EPOCH;
  private volatile List<Alert> open;

  /**
   * What alerts are made from and told by.
   *
   * @param causes where people acknowledge, too
   * @param silences what a silence was, when it is over
   */
  public record Parts(
      ProblemDesk causes,
      Registry registry,
      AuditLog audit,
      Supplier<SchoolCalendars> calendars,
      Supply supply,
      SilenceLook silences,
      Outbox outbox) {}

  /** All signals of now. Called by one thread. */
  @FunctionalInterface
  public interface Supply {
    List<Signal> signals(Register register, SchoolCalendars calendars, Instant now);
  }

  /** Takes a message in the caller's transaction: it is sent after it or never. */
  @FunctionalInterface
  public interface Outbox {
    void post(Handle handle, Set<String> channels, List<Recipient> to, Message message);
  }

  /** An alert with what people made of it. */
  public record Case(Alert alert, @Nullable Ack ack, boolean muted) {}

  /**
   * Counts since the start, and of now.
   *
   * @param raised alerts that began to fire
   * @param posted messages put into the outbox, one for each alert and step
   * @param failures rounds that failed
   */
  public record Counts(long raised, long posted, long failures, int pending, int firing) {}

  public AlertDesk(AlertSettings settings, Parts parts, Database database, Clock clock) {
    this.settings = settings;
    this.parts = parts;
    this.clock = clock;
    this.files = new AlertFiles(settings);
    this.rows = new AlertRows(database);
    this.work = new AlertWork(rows, database);
    this.mutes = new Mutes(database, parts.audit(), clock);
    this.open = work.book().open();
  }

  /** Begins to look. Once. */
  @SuppressWarnings("FutureReturnValueIgnored") // safely() catches what fails
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException("BUG: the alerts were started twice");
    }
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "alerts"));
    thread = executor;
    long millis = settings.every().toMillis();
    executor.scheduleWithFixedDelay(this::safely, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Called after every round with news, on the alerts' thread. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void safely() {
    try {
      round();
    } catch (RuntimeException e) {
      failures.increment();
      log.atError().setCause(e).log("A round of alerts failed; the next one tries again");
    }
  }

  /** One look at everything. */
  public synchronized void round() {
    Instant now = clock.instant();
    if (last.plus(SLEPT).isBefore(now)) {
      parts.causes().awake(now);
      rows.prune(now.minus(settings.keep()));
    }
    last = now;
    files.look();
    Register register = parts.registry().snapshot();
    if (register.sites().isEmpty()) {
      return; // nothing can be broken, and nobody's school time says when to tell
    }
    SchoolCalendars calendars = parts.calendars().get();
    List<Signal> signals = parts.supply().signals(register, calendars, now);
    if (signals.stream().anyMatch(signal -> signal.kind() == SignalKind.STORE_REFUSING)) {
      parts.causes().awake(now);
    }
    work.book().rules(files.rules().all());
    work.take(work.book().step(now, signals));
    for (Alert ended : work.justEnded()) {
      work.known(parts.silences().told(ended));
    }
    AlertWork.Done done = tell(now, register, calendars);
    raised.add(done.fired());
    posted.add(done.posted());
    open = work.book().open();
    if (done.news()) {
      listeners.forEach(Runnable::run);
    }
  }

  private AlertWork.Done tell(Instant now, Register register, SchoolCalendars calendars) {
    Map<String, AlertRule> rules = new HashMap<>();
    files.rules().all().forEach(rule -> rules.put(rule.id(), rule));
    Telling telling = new Telling(rules, files.duty(), register::isWithin);
    Map<String, Ack> acks = rows.acks();
    List<Mute> muting = mutes.notEnded(now);
    AlertMessages messages = new AlertMessages(rules, register);
    return work.write(
        now,
        alert ->
            telling.due(
                alert,
                new Telling.Around(
                    calendar(alert, register, calendars),
                    acks.get(alert.about().key()),
                    isMuted(alert, muting, register, now)),
                now),
        (handle, alert, due) ->
            parts
                .outbox()
                .post(
                    handle,
                    due.channels(),
                    due.people().stream().map(AlertDesk::recipient).toList(),
                    messages.of(alert, due)));
  }

  /** That of its first school; of a region that of its first school, too. */
  private static SchoolCalendar calendar(
      Alert alert, Register register, SchoolCalendars calendars) {
    Stream<School> its =
        alert.about().schools().stream().map(register::school).flatMap(Stream::ofNullable);
    School school =
        Stream.concat(its, register.schools(alert.about().region()).stream())
            .findFirst()
            .or(() -> register.sites().stream().findFirst())
            .orElseThrow(
                () -> new IllegalStateException("BUG: an alert in a register without schools"));
    return calendars.of(school, register);
  }

  private static boolean isMuted(Alert alert, List<Mute> muting, Register register, Instant now) {
    return muting.stream()
        .filter(mute -> mute.isOf(alert.about().rule(), now))
        .anyMatch(
            mute ->
                register.isWithin(alert.about().region(), mute.place())
                    || (!alert.about().schools().isEmpty()
                        && alert.about().schools().stream().allMatch(mute.place()::equals)));
  }

  /** The open alerts and those that ended at or after a time, the newest first. */
  public List<Case> cases(@Nullable Instant endedSince) {
    Instant now = clock.instant();
    Map<String, Ack> acks = rows.acks();
    List<Mute> muting = mutes.notEnded(now);
    Register register = parts.registry().snapshot();
    List<Alert> ended = endedSince == null ? List.of() : rows.ended(endedSince, MOST_ENDED);
    return Stream.concat(open.stream(), ended.stream())
        .sorted(Comparator.comparingLong(Alert::id).reversed())
        .map(alert -> whole(alert, acks, muting, register, now))
        .toList();
  }

  /** One alert. */
  public Optional<Case> find(long id) {
    Instant now = clock.instant();
    return open.stream()
        .filter(alert -> alert.id() == id)
        .findFirst()
        .or(() -> rows.find(id))
        .map(
            alert ->
                whole(alert, rows.acks(), mutes.notEnded(now), parts.registry().snapshot(), now));
  }

  private static Case whole(
      Alert alert, Map<String, Ack> acks, List<Mute> muting, Register register, Instant now) {
    Ack ack = acks.get(alert.about().key());
    boolean holds = ack != null && ack.isOf(alert) && alert.isOpen() && ack.holds(now);
    return new Case(alert, holds ? ack : null, isMuted(alert, muting, register, now));
  }

  /** What became of an alert, oldest first. */
  public List<AlertStep> steps(long alert) {
    return rows.steps(alert);
  }

  /**
   * Somebody takes an alert on: no further step is told. At the problem it comes from it stands,
   * too.
   *
   * @param until when it runs out; null: it lasts as long as the alert
   * @return false if the alert is over
   */
  public boolean acknowledge(Actor by, Alert alert, String comment, @Nullable Instant until) {
    if (alert.state() == State.RESOLVED) {
      return false;
    }
    parts.causes().acknowledge(by, alert.about().key(), comment, until);
    listeners.forEach(Runnable::run);
    return true;
  }

  public Mutes mutes() {
    return mutes;
  }

  /** The rules in force. */
  public synchronized AlertRules rules() {
    return files.rules();
  }

  /** Who is told of what. */
  public synchronized Duty duty() {
    return files.duty();
  }

  /** Who is on duty now by any rota, each once; everybody where there is no rota. */
  public List<Recipient> onDuty() {
    Duty duty = duty();
    Register register = parts.registry().snapshot();
    if (duty.rotas().isEmpty() || register.sites().isEmpty()) {
      return duty.people().stream().map(AlertDesk::recipient).toList();
    }
    SchoolCalendar calendar = parts.calendars().get().of(register.sites().get(0), register);
    Set<String> ids =
        duty.rotas().stream()
            .map(rota -> rota.onDuty(clock.instant(), calendar))
            .collect(Collectors.toSet());
    return duty.people().stream()
        .filter(person -> ids.contains(person.id()))
        .map(AlertDesk::recipient)
        .toList();
  }

  private static Recipient recipient(Duty.Person person) {
    return new Recipient(person.name(), person.mail(), person.mobile());
  }

  /** What is wrong with the files of rules and duty as they are now. */
  public List<Problem> problems() {
    return files.problems();
  }

  public Counts counts() {
    List<Alert> now = open;
    int pending = (int) now.stream().filter(alert -> alert.state() == State.PENDING).count();
    return new Counts(raised.sum(), posted.sum(), failures.sum(), pending, now.size() - pending);
  }

  @Override
  public synchronized void close() {
    ScheduledExecutorService executor = thread;
    if (executor != null) {
      executor.shutdownNow();
    }
  }
}

package org.rollcall.collector.store.influx;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.store.GapObservation;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.Point;
import org.rollcall.collector.store.Series;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.collector.store.TooOld;
import org.rollcall.collector.store.Vocabulary;
import org.rollcall.config.Default;
import org.rollcall.config.Range;
import org.rollcall.config.Secret;
import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observations in an InfluxDB: a measurement each kind of subject, a series each school and
 * subject, a field each measure; see {@code docs/data-format.md}. {@link #write} returns when
 * InfluxDB has acknowledged every line of the batch, which it does when they are in its log on the
 * disk; what an InfluxDB that is set up otherwise promises is its affair.
 *
 * <p>Queries show what was written at once.
 */
public final class InfluxStore implements ObservationStore {
  private static final Logger LOG = LoggerFactory.getLogger(InfluxStore.class);

  private final Settings settings;
  private final Clock clock;
  private final Vocabulary vocabulary = new Vocabulary();
  private final Connection connection;
  private final Policies policies;
  private final Fields fields;
  private final Statements statements;
  private final Keys keys;
  private final Upkeep upkeep;

  /** Shared by those who use the connection, exclusive to those who open and close it. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  private volatile boolean open;

  /**
   * {@code store.influx:} in the server's settings. All numbers are project defaults.
   *
   * @param url {@code http://HOST:PORT} or {@code https://HOST:PORT}
   * @param username null where InfluxDB asks for none
   * @param password of that user, best as {@code file:PATH}
   * @param ca PEM file of the authorities that InfluxDB's certificate may come from; without it,
   *     those that Java knows
   * @param connectTimeout until a connection is there
   * @param writeTimeout until lines are acknowledged
   * @param queryTimeout until an answer begins, and until it goes on
   * @param manage whether database and retention policies are made and altered by the store, and
   *     days rolled up; false where that is done by hand, as InfluxDB 2 and 3 need it
   * @param keep how long what is kept
   */
  public record Settings(
      @Default("http://127.0.0.1:8086") String url,
      @Default("rollcall") String database,
      @Nullable String username,
      @Secret @Nullable String password,
      @Nullable Path ca,
      @Default("5s") @Range(min = "100ms", max = "5m") Duration connectTimeout,
      @Default("30s") @Range(min = "100ms", max = "10m") Duration writeTimeout,
      @Default("60s") @Range(min = "100ms", max = "1h") Duration queryTimeout,
      @Default("true") boolean manage,
      Keep keep) {

    public Settings {
      if (!isAddress(url)) {
        throw new IllegalArgumentException(
            "write url as http://HOST:PORT or https://HOST:PORT, without a user in it");
      }
      if (database.isBlank()) {
        throw new IllegalArgumentException("name a database");
      }
      if ((username == null) != (password == null)) {
        throw new IllegalArgumentException("set username and password, or neither");
      }
      if (ca != null && !url.startsWith("https:")) {
        throw new IllegalArgumentException("ca is for a url that begins with https:");
      }
    }

    private static boolean isAddress(String url) {
      try {
        URI uri = URI.create(url);
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
            && uri.getHost() != null
            && uri.getUserInfo() == null
            && uri.getQuery() == null;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "InfluxDB " + url + " database " + database;
    }
  }

  /**
   * How long observations are kept, and figures of them in coarser steps. All are project defaults.
   *
   * @param raw every single one; 0d: for ever, and then nothing is rolled up
   * @param fiveMinutes least, mean, greatest, 95th percentile and count of five minutes
   * @param hourly the same of an hour
   */
  public record Keep(
      @Default("90d") @Range(min = "0d", max = "36500d") Duration raw,
      @Default("365d") @Range(min = "7d", max = "36500d") Duration fiveMinutes,
      @Default("1825d") @Range(min = "30d", max = "36500d") Duration hourly) {

    private static final Duration LEAST = Duration.ofDays(7);

    public Keep {
      if (!raw.isZero() && raw.compareTo(LEAST) < 0) {
        throw new IllegalArgumentException("raw is 7d or longer, or 0d for ever");
      }
      if (!raw.isZero() && (fiveMinutes.compareTo(raw) < 0 || hourly.compareTo(fiveMinutes) < 0)) {
        throw new IllegalArgumentException("raw, fiveMinutes and hourly must not grow shorter");
      }
    }

    boolean rollsUp() {
      return !raw.isZero();
    }
  }

  public InfluxStore(Settings settings, Clock clock) {
    this(settings, clock, UnaryOperator.identity());
  }

  /**
   * @param taken which time what InfluxDB says is taken for; tests move it with the clock
   */
  InfluxStore(Settings settings, Clock ownClock, UnaryOperator<Instant> taken) {
    EarlierClock clock = new EarlierClock(ownClock);
    this.settings = settings;
    this.clock = clock;
    this.connection = new Connection(settings, said -> clock.heard(taken.apply(said)));
    this.policies = new Policies(connection, settings);
    this.fields = new Fields(connection, settings.database());
    this.statements = new Statements(settings.database());
    this.keys = new Keys(connection, statements);
    RollUp rollUp = new RollUp(connection, statements, fields, settings.keep());
    this.upkeep = new Upkeep(settings, policies, fields, rollUp, clock);
  }

  /**
   * Connects, makes what is missing, and learns what is there.
   *
   * @throws StoreUnavailableException if InfluxDB cannot be used as it is; the sentence says why
   */
  public void start() {
    use.writeLock().lock();
    try {
      if (open) {
        throw new IllegalStateException("BUG: the store is started already");
      }
      connection.open();
      if (settings.manage()) {
        policies.apply();
      }
      fields.look();
      fields.measures().forEach(vocabulary::learn);
      upkeep.start();
      open = true;
    } catch (IOException e) {
      throw unavailable("The observation store could not be opened", e);
    } finally {
      use.writeLock().unlock();
    }
    LOG.atInfo()
        .addKeyValue("url", settings.url())
        .addKeyValue("database", settings.database())
        .log("Observation store opened");
  }

  /**
   * Connects and asks once, and changes nothing; for looking what is wrong. The store cannot be
   * used afterwards.
   *
   * @throws StoreUnavailableException if InfluxDB cannot be used; the sentence says why
   */
  public void reach() {
    try {
      connection.open();
      connection.ask("SHOW DATABASES");
    } catch (IOException e) {
      throw unavailable("The observation store could not be asked", e);
    }
  }

  @Override
  public @Nullable String refuses(Report report) {
    String refused = vocabulary.admit(report);
    if (refused == null && settings.keep().rollsUp()) {
      refused = TooOld.refuses(report, keptSince());
    }
    return refused == null ? fields.refuses(report) : refused;
  }

  @Override
  public synchronized void write(List<SchoolReport> batch) {
    use.readLock().lock();
    try {
      requireOpen();
      for (String request : lines(batch)) {
        send(request);
      }
    } catch (IOException e) {
      throw unavailable("The observation store could not take a batch", e);
    } finally {
      use.readLock().unlock();
    }
  }

  /** All of the batch, before anything of it is sent. */
  private List<String> lines(List<SchoolReport> batch) {
    Lines lines = new Lines();
    for (SchoolReport item : batch) {
      Report report = item.report();
      String refused = vocabulary.admit(report);
      if (refused != null) {
        throw new IllegalArgumentException(
            "A report of " + report.getAgent() + " cannot be stored: " + refused + ".");
      }
      report.getObservationsList().forEach(seen -> lines.add(item.school(), seen));
      for (Gap gap : report.getGapsList()) {
        Gap kept = settings.keep().rollsUp() ? TooOld.kept(gap, keptSince()) : gap;
        if (kept != null) {
          lines.add(item.school(), GapObservation.of(report.getAgent(), kept));
        }
      }
    }
    return lines.requests();
  }

  private void send(String request) throws IOException {
    try {
      connection.write(Policies.RAW, request);
    } catch (RefusedException e) {
      List<String> halves = Lines.halves(request);
      if (e.status() == RefusedException.TOO_LARGE && halves.size() > 1) {
        for (String half : halves) {
          send(half);
        }
        return;
      }
      explain(e);
      throw e;
    }
  }

  /**
   * Looks for what a refusal may come from and can be told apart by what InfluxDB has, not by its
   * words. Whatever is found, this batch is not acknowledged: it comes again, and then it is taken
   * or, if it never can be, refused with a reason of its own.
   */
  private void explain(RefusedException refusal) throws IOException {
    int status = refusal.status();
    if (status == RefusedException.UNAUTHORIZED || status == RefusedException.FORBIDDEN) {
      return;
    }
    if (settings.manage() && policies.apply()) {
      LOG.atError().addKeyValue("store", settings).log(Policies.GONE);
    }
    if (status == RefusedException.BAD_REQUEST) {
      fields.look();
    }
  }

  @Override
  public List<Observation> range(String school, String subject, Instant from, Instant to) {
    List<Observation> found = new ArrayList<>();
    if (Subject.isValid(subject) && from.isBefore(to)) {
      String question = statements.range(school, subject, from, to);
      query(question, school, subject, (at, observation) -> add(found, observation));
    }
    return found;
  }

  private static void add(List<Observation> found, Observation observation) {
    if (found.size() == MAX_RANGE) {
      throw new IllegalArgumentException(
          "The span holds more than " + MAX_RANGE + " observations: ask for a shorter one.");
    }
    found.add(observation);
  }

  @Override
  public void visit(String school, Instant from, Instant to, Visitor visitor) {
    SortedSet<String> kinds = vocabulary.kinds();
    if (!kinds.isEmpty() && from.isBefore(to)) {
      query(statements.school(school, kinds, from, to), school, "", visitor);
    }
  }

  @Override
  public void visitKind(String school, String kind, Instant from, Instant to, Visitor visitor) {
    if (Subject.isKind(kind) && from.isBefore(to)) {
      query(statements.school(school, List.of(kind), from, to), school, "", visitor);
    }
  }

  @Override
  public void latest(Instant since, Visitor visitor) {
    SortedSet<String> kinds = vocabulary.kinds();
    if (!kinds.isEmpty()) {
      query(statements.newest(kinds, since), "", "", visitor);
    }
  }

  private void query(String question, String school, String subject, Visitor visitor) {
    answered(
        () -> {
          connection.stream(question, series -> Rows.visit(series, school, subject, visitor));
          return visitor;
        });
  }

  private <T> T answered(Question<T> question) {
    use.readLock().lock();
    try {
      requireOpen();
      return question.ask();
    } catch (IOException e) {
      throw unavailable("The observation store could not answer", e);
    } finally {
      use.readLock().unlock();
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws IOException;
  }

  @Override
  public NavigableSet<LocalDate> days() {
    SortedSet<String> kinds = vocabulary.kinds();
    return kinds.isEmpty() ? new TreeSet<>() : answered(() -> keys.days(kinds));
  }

  @Override
  public NavigableSet<String> schools(LocalDate day) {
    SortedSet<String> kinds = vocabulary.kinds();
    return kinds.isEmpty() ? new TreeSet<>() : answered(() -> keys.schools(kinds, day));
  }

  @Override
  public List<Point> series(String school, String subject, String measure, Steps steps) {
    Instant kept = keptSince();
    if (!settings.keep().rollsUp() || !steps.from().isBefore(kept)) {
      return ObservationStore.super.series(school, subject, measure, steps);
    }
    List<Point> points = new ArrayList<>();
    Instant border = RollUp.border(kept);
    Past past = new Past(connection, statements, settings.keep(), clock.instant());
    points.addAll(answered(() -> past.points(school, subject, measure, steps, border)));
    if (border.isBefore(steps.to())) {
      List<Observation> seen = range(school, subject, border, steps.to());
      points.addAll(Series.of(seen, measure, steps.from(), steps.to(), steps.step()));
    }
    return Series.merged(points, steps.from(), steps.to(), steps.step());
  }

  @Override
  public Instant keptSince() {
    Duration raw = settings.keep().raw();
    return raw.isZero() ? Instant.EPOCH : clock.instant().minus(raw);
  }

  @Override
  public void check() {
    answered(() -> connection.ask(statements.first()));
  }

  /** InfluxDB shows at once what it has acknowledged. */
  @Override
  public void settle() {
    answered(() -> settings);
  }

  private void requireOpen() {
    if (!open) {
      throw new StoreUnavailableException("The observation store is not open.");
    }
  }

  private StoreUnavailableException unavailable(String what, IOException e) {
    String detail =
        e instanceof RefusedException refused
                && (refused.status() == RefusedException.UNAUTHORIZED
                    || refused.status() == RefusedException.FORBIDDEN)
            ? "InfluxDB does not let the user in or not do this; see store.influx.username and"
                + " password"
            : String.valueOf(e.getMessage());
    return new StoreUnavailableException(what + " (" + settings + "): " + detail, e);
  }

  /** Ends the upkeep and cuts off the queries under way. */
  @Override
  public void close() {
    boolean wasOpen = open;
    open = false;
    upkeep.close();
    connection.close();
    use.writeLock().lock(); // they have their answer or their fault
    try {
      if (wasOpen) {
        LOG.atInfo().addKeyValue("store", settings).log("Observation store closed");
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}

package org.rollcall.collector.judge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.DatabaseUnavailableException;
import org.rollcall.collector.day.DayRoller;
import org.rollcall.collector.day.DirtyDays;
import org.rollcall.collector.day.MaintenanceWindows;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.store.ObservationStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the verdicts true. One thread takes the days with new data every few seconds, rolls them
 * up, judges the schools they touch and saves both; all schools are judged when a day begins, when
 * the register changes and when the basis does. Late data judges its own date anew and every school
 * day since.
 *
 * <p>After a crash it is unknown which days were still to do, because nothing is written while
 * observations arrive. Then every day that a verdict of today may rest on is rolled up again, for
 * all schools: exact for everything that can still be decided, and cheaper than a disk write for
 * every report. After an orderly end the days still to do are in the database.
 *
 * <p>Many schools are judged on all processors. After that the thread rests four times as long as
 * it worked, but never longer than ten seconds: after a large back-fill people wait for verdicts.
 */
public final class JudgeService implements AutoCloseable {
  /** Pause between looks at what is new. */
  private static final Duration PAUSE = Duration.ofSeconds(3);

  /** The longest rest after a long look. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(10);

  /** Schools judged between two savings: keeps the write lock short and memory small. */
  private static final int CHUNK = 100;

  /**
   * Late data older than this is rolled up; verdicts that old are not judged again by themselves.
   */
  private static final int JUDGED_BACK_DAYS = 400;

  private static final Logger LOG = LoggerFactory.getLogger(JudgeService.class);

  /** Told of changes on the judging thread: must return soon. */
  @FunctionalInterface
  public interface Listener {
    void changed(List<Change> changes);
  }

  private final Registry registry;
  private final ObservationStore store;
  private final DirtyDays dirty;
  private final Clock clock;
  private final SchoolDays days;
  private final MaintenanceLook maintenance;
  private final Verdicts verdicts;
  private final JudgeState state;
  private final BulkJudging judging;
  private final Rejudgement rejudgement;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  private final Board board = new Board();
  private final PastBoards pastBoards;
  private final AtomicLong pastDaysRevision = new AtomicLong();
  private final LongAdder schoolsJudged = new LongAdder();
  private final LongAdder schoolsFailed = new LongAdder();
  private final LongAdder daysRolled = new LongAdder();
  private final LongAdder changesFound = new LongAdder();

  /** Guards judging and saving, so that an older verdict never replaces a newer one. */
  private final ReentrantLock judge = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private final FailedSchools failed = new FailedSchools();
  private boolean woken;
  private volatile Basis basis;
  private volatile boolean closing;
  private volatile Instant judgedUpTo = Instant.EPOCH;
  private @Nullable Thread thread;
  private @Nullable LocalDate judgedDate;
  private @Nullable Basis judgedBasis;
  private long judgedRevision = -1;

  public JudgeService(
      Registry registry,
      ObservationStore store,
      Database database,
      DirtyDays dirty,
      Basis basis,
      Clock clock) {
    this.registry = registry;
    this.store = store;
    this.dirty = dirty;
    this.basis = basis;
    this.clock = clock;
    this.days = new SchoolDays(database);
    MaintenanceWindows windows = new MaintenanceWindows(database);
    this.maintenance = new MaintenanceLook(windows, dirty);
    this.verdicts = new Verdicts(database);
    this.state = new JudgeState(database);
    this.judging =
        new BulkJudging(
            new SchoolJudging(
                new DayRoller(store, windows::of), days, new DeclaredValues(database, clock)));
    this.rejudgement = new Rejudgement(registry, database, clock);
    this.pastBoards = new PastBoards(rejudgement);
  }

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** The newest verdicts of every school. */
  public Board board() {
    return board;
  }

  /**
   * The verdicts of every school on a date: those that stand, or those of a day gone by, made again
   * from its school days. Blocks on the database.
   */
  public Board board(LocalDate date) {
    LocalDate newest = board.asOf();
    return newest == null || !date.isBefore(newest)
        ? board
        : pastBoards.of(date, basis, registry.at(date), pastDaysRevision.get());
  }

  /**
   * What the marks on a date rest on: two equal editions have the same marks, so that what was
   * counted once need not be counted again. Costs no board.
   *
   * @param revision of the board that stands; of all school days, for a day gone by
   */
  public record Edition(LocalDate date, boolean past, Basis basis, long register, long revision) {}

  /** The edition of what {@link #board(LocalDate)} gives. Ask for it before the board. */
  public Edition edition(LocalDate date) {
    LocalDate newest = board.asOf();
    boolean past = newest != null && date.isBefore(newest);
    long revision = past ? pastDaysRevision.get() : board.version();
    return new Edition(date, past, basis, registry.at(date).revision(), revision);
  }

  /** The marks as they were saved, of many schools on some dates; reads the database. */
  public List<Mark> marks(
      String profile,
      Collection<String> rules,
      Collection<String> schools,
      Collection<LocalDate> dates) {
    return verdicts.marks(profile, rules, schools, dates);
  }

  /** On how many of these schools each date of a span has a mark, oldest first. */
  public SortedMap<LocalDate, Integer> markedDates(
      String profile,
      Collection<String> rules,
      Collection<String> schools,
      LocalDate from,
      LocalDate to) {
    return verdicts.markedDates(profile, rules, schools, from, to);
  }

  public Basis basis() {
    return basis;
  }

  /** Judges by another basis from now on; all schools are judged again. Any thread. */
  public void basis(Basis newer) {
    basis = newer;
    wake();
  }

  /** Looks at once at what is new, instead of at the end of the pause. Any thread. */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      wake.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Finds what was left to do and begins. */
  public void start() {
    recover();
    board.load(basis.profiles().stream().flatMap(p -> verdicts.latestOf(p.id()).stream()).toList());
    Thread judgeThread = new Thread(this::run, "judge");
    judgeThread.setDaemon(true);
    thread = judgeThread;
    judgeThread.start();
  }

  /** Marks what was left to do when the last run ended; everything, if it did not end cleanly. */
  void recover() {
    Basis now = basis;
    Map<String, List<LocalDate>> left = state.open(now.versions());
    if (left == null) {
      LocalDate today = now.calendars().dateOf(clock.instant());
      Register register = registry.snapshot();
      markRecent(now, register, today, today.plusDays(1));
      LOG.atInfo()
          .addKeyValue("schools", register.schools().size())
          .log("All recent days are rolled up anew");
    } else {
      mark(left);
    }
    judgedBasis = now;
  }

  /** Marks, for every school, the days that its verdicts of today may rest on, to {@code until}. */
  private void markRecent(Basis now, Register register, LocalDate today, LocalDate until) {
    for (School school : register.sites()) {
      dirty.mark(List.of(school.code()), now.of(school, register).firstDay(today), until);
    }
  }

  private void run() {
    while (!closing) {
      long began = System.nanoTime();
      try {
        cycle();
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("Judging failed; it is tried again");
      }
      long worked = System.nanoTime() - began;
      rest(Math.max(PAUSE.toNanos(), Math.min(LONGEST_REST.toNanos(), 4 * worked)));
    }
  }

  private void rest(long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (left > 0 && !woken && !closing) {
        left = wake.awaitNanos(left);
      }
      woken = false;
    } catch (InterruptedException e) {
      closing = true;
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** One look at what is new. Judging thread, or a test's. */
  void cycle() {
    Basis now = basis;
    Instant instant = clock.instant();
    LocalDate today = now.calendars().dateOf(instant);
    Register register = registry.snapshot();
    boolean newBasis = !now.equals(judgedBasis);
    if (newBasis) {
      markRecent(now, register, today, today);
    }
    forgetDaysToCome(today);
    boolean all = newBasis || !today.equals(judgedDate) || register.revision() != judgedRevision;
    if (failed.isDue(instant)) {
      mark(failed.take());
    }
    long planned = maintenance.mark(judgedDate, today, now.calendars().zone());
    Map<String, List<LocalDate>> taken = dirty.take();
    if (!taken.isEmpty()) {
      settle(taken);
    }
    judgeAll(new Work(now, today, register, taken), all);
    if (!closing) {
      maintenance.rolledUp(planned);
    }
    judgedDate = today;
    judgedBasis = now;
    judgedRevision = register.revision();
    if (failed.size() == 0) {
      judgedUpTo = instant;
    }
  }

  /** All schools are judged after this: the date is not the one they were judged of. */
  private void forgetDaysToCome(LocalDate today) {
    LocalDate newest = board.asOf();
    if (newest != null && newest.isAfter(today)) {
      LOG.atWarn()
          .addKeyValue("newest", newest)
          .addKeyValue("today", today)
          .log("Verdicts of days that have not come are forgotten: was the clock ahead?");
      verdicts.forgetAfter(today);
      board.notAfter(today);
    }
  }

  /**
   * Everything that was durable at this time is in the verdicts; 1970 until the first look at which
   * no school failed.
   */
  public Instant judgedUpTo() {
    return judgedUpTo;
  }

  /** Schools that wait to be judged: with new data, or to be tried again. */
  public int waiting() {
    return dirty.schools() + failed.size();
  }

  private void mark(Map<String, ? extends Collection<LocalDate>> days) {
    days.forEach((school, dates) -> dates.forEach(d -> dirty.mark(List.of(school), d, d)));
  }

  /** Days whose rows the store does not show yet are rolled up now and once more. */
  private void settle(Map<String, List<LocalDate>> taken) {
    try {
      store.settle();
    } catch (RuntimeException e) {
      mark(taken);
      LOG.atWarn().setCause(e).log("The store is behind; the newest days are rolled up once more");
    }
  }

  /** What one look found to do. */
  private record Work(
      Basis basis, LocalDate today, Register register, Map<String, List<LocalDate>> dirty) {

    /** Days with new data of the school and its campuses, oldest first. */
    List<LocalDate> newDays(School school) {
      TreeSet<LocalDate> days =
          new TreeSet<>(dirty.getOrDefault(school.code(), List.<LocalDate>of()));
      for (School campus : register.campuses(school.code())) {
        days.addAll(dirty.getOrDefault(campus.code(), List.<LocalDate>of()));
      }
      return List.copyOf(days);
    }

    /** Dates to judge again after data came for these days. */
    Collection<LocalDate> dates(List<LocalDate> days, SchoolBasis of) {
      TreeSet<LocalDate> dates = new TreeSet<>();
      if (!days.isEmpty() && days.get(0).isBefore(today)) {
        LocalDate earliest = today.minusDays(JUDGED_BACK_DAYS);
        LocalDate from = days.get(0).isBefore(earliest) ? earliest : days.get(0);
        dates.addAll(of.calendar().schoolDays(from, today));
      }
      dates.add(today);
      return dates;
    }
  }

  private void judgeAll(Work work, boolean all) {
    // Schools with new data first: they are what people look at. A school with campuses rests on
    // their days, so it is judged when those are saved.
    List<School> schools = new ArrayList<>();
    LinkedHashSet<School> withCampuses = new LinkedHashSet<>();
    for (String code : work.dirty().keySet()) {
      add(work.register().school(code), work, schools, withCampuses);
    }
    if (all) {
      for (School school : work.register().sites()) {
        if (!work.dirty().containsKey(school.code())) {
          add(school, work, schools, withCampuses);
        }
      }
    }
    judgeChunks(schools, work);
    List<School> last = List.copyOf(withCampuses);
    judgeChunks(last, work);
    schools.addAll(last);
    if (closing) {
      keepForNextStart(schools, work);
    }
  }

  private static void add(
      @Nullable School school, Work work, List<School> schools, Set<School> withCampuses) {
    if (school == null || school.status() == School.Status.CLOSED) {
      return;
    }
    if (work.register().campuses(school.code()).isEmpty()) {
      schools.add(school);
    } else {
      withCampuses.add(school);
    }
    String main = school.campusOf();
    School mainSchool = main == null ? null : work.register().school(main);
    if (mainSchool != null && mainSchool.status() != School.Status.CLOSED) {
      withCampuses.add(mainSchool);
    }
  }

  private void judgeChunks(List<School> schools, Work work) {
    for (int i = 0; i < schools.size() && !closing; i += CHUNK) {
      judgeChunk(schools.subList(i, Math.min(schools.size(), i + CHUNK)), work);
    }
  }

  private void judgeChunk(List<School> schools, Work work) {
    judge.lock();
    try {
      List<SchoolDay> rolled = new ArrayList<>();
      List<Verdict> found = new ArrayList<>();
      List<School> judged = new ArrayList<>();
      judging.judge(
          schools,
          some -> tasks(some, work),
          outcomes -> {
            for (BulkJudging.Outcome outcome : outcomes) {
              SchoolJudging.Result result = outcome.result();
              if (result != null) {
                rolled.addAll(result.rolled());
                found.addAll(result.verdicts());
                judged.add(outcome.school());
              } else if (outcome.failure() != null) {
                failed(outcome.school(), work, outcome.failure());
              }
            }
          });
      save(judged, rolled, found, work);
    } finally {
      judge.unlock();
    }
  }

  /** Any thread. */
  private List<SchoolJudging.Task> tasks(List<School> schools, Work work) {
    Map<String, Inventory> inventories =
        registry.inventories(SchoolJudging.Entry.codes(schools, work.register()));
    List<SchoolJudging.Task> tasks = new ArrayList<>(schools.size());
    for (School school : schools) {
      SchoolBasis basisOf = work.basis().of(school, work.register());
      tasks.add(
          new SchoolJudging.Task(
              SchoolJudging.Entry.of(school, work.register(), inventories),
              work.dirty().getOrDefault(school.code(), List.of()),
              work.dates(work.newDays(school), basisOf),
              basisOf));
    }
    return tasks;
  }

  private void save(List<School> judged, List<SchoolDay> rolled, List<Verdict> found, Work work) {
    List<Change> changes;
    try {
      days.save(rolled);
      if (rolled.stream().anyMatch(day -> day.date().isBefore(work.today()))) {
        pastDaysRevision.incrementAndGet();
      }
      changes = verdicts.save(found, clock.instant());
    } catch (RuntimeException e) {
      judged.forEach(school -> failed(school, work, e));
      return;
    }
    board.load(found.stream().filter(verdict -> verdict.to().equals(work.today())).toList());
    schoolsJudged.add(judged.size());
    daysRolled.add(rolled.size());
    changesFound.add(changes.size());
    List<Change> now = ofToday(changes, found, work.today());
    if (!now.isEmpty()) {
      listeners.forEach(listener -> tell(listener, now));
    }
  }

  /** What changed on any of the dates judged, as today's verdict against what stood before. */
  private static List<Change> ofToday(List<Change> changes, List<Verdict> found, LocalDate today) {
    Map<String, Change> first = new HashMap<>();
    changes.forEach(change -> first.putIfAbsent(key(change.verdict()), change));
    List<Change> now = new ArrayList<>();
    for (Verdict verdict : found) {
      Change change = verdict.to().equals(today) ? first.get(key(verdict)) : null;
      if (change != null) {
        Mark before = change.before();
        if (before == null || !before.saysSame(Mark.of(verdict))) {
          now.add(new Change(verdict, before));
        }
      }
    }
    return now;
  }

  private static String key(Verdict verdict) {
    return verdict.school() + " " + verdict.profile() + " " + verdict.rule();
  }

  private static void tell(Listener listener, List<Change> changes) {
    try {
      listener.changed(changes);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("A listener of verdicts failed; the verdicts are saved");
    }
  }

  private void failed(School school, Work work, RuntimeException e) {
    schoolsFailed.increment();
    TreeSet<LocalDate> again = new TreeSet<>(work.dirty().getOrDefault(school.code(), List.of()));
    again.add(work.today());
    failed.add(school.code(), again, e, clock.instant());
  }

  private void keepForNextStart(List<School> schools, Work work) {
    for (School school : schools) {
      List<LocalDate> left = work.dirty().getOrDefault(school.code(), List.of());
      left.forEach(date -> dirty.mark(List.of(school.code()), date, date));
    }
  }

  /**
   * Judges dates again from the school days that are kept, on the caller's thread, and saves what
   * comes of it. {@code ./rollcall judge} has {@link Rejudgement}, which needs no running service.
   */
  public List<Change> rejudge(Collection<School> schools, LocalDate from, LocalDate to) {
    judge.lock();
    try {
      return rejudgement.judge(schools, from, to, basis);
    } finally {
      judge.unlock();
    }
  }

  /** What it did since it began. */
  public Counts counts() {
    return new Counts(
        schoolsJudged.sum(), schoolsFailed.sum(), daysRolled.sum(), changesFound.sum());
  }

  /**
   * Counters since the start.
   *
   * @param schoolsJudged schools judged and saved, each time counted
   * @param schoolsFailed schools that could not be, each time counted
   */
  public record Counts(long schoolsJudged, long schoolsFailed, long daysRolled, long changes) {}

  /** Ends after the schools under way; what is still to do is kept for the next start. */
  @Override
  public void close() {
    closing = true;
    wake();
    Thread running = thread;
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    Map<String, List<LocalDate>> left = new TreeMap<>(dirty.take());
    failed
        .take()
        .forEach(
            (school, dates) -> {
              dates.addAll(left.getOrDefault(school, List.of()));
              left.put(school, List.copyOf(dates));
            });
    try {
      state.close(basis.versions(), left);
    } catch (DatabaseUnavailableException e) {
      LOG.atWarn()
          .setCause(e)
          .log("What is left to judge could not be kept; the next start rolls up all recent days");
    }
  }
}

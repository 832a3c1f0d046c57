package org.rollcall.simulator.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.day.DayRoller;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.judge.Basis;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.judge.Rejudgement;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Profiles;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.rollup.RegionRollup;
import org.rollcall.collector.rollup.RegionSummary;
import org.rollcall.collector.store.questdb.QuestDbStore;
import org.rollcall.config.SettingsException;

/**
 * Measures what {@link BenchProvince} made, in a process of its own, through the same classes by
 * which the server judges past days. Prints one JSON object, described in {@link JudgeBench}.
 */
public final class JudgeRun {
  private static final String PROFILE = "GD-2010-18";
  private static final int SCHOOLS_AT_ONCE = 100;

  private final Database database;
  private final Basis basis;
  private final Profile profile;
  private final LocalDate last = BenchProvince.LAST;
  private final LocalDate first;
  private final int rounds;
  private final LongAdder verdicts = new LongAdder();

  private JudgeRun(Database database, int days, int rounds) throws SettingsException {
    this.database = database;
    this.first = last.minusDays(days - 1L);
    this.rounds = rounds;
    Profiles profiles = Profiles.read(BenchProvince.config("targets"));
    this.profile = Objects.requireNonNull(profiles.get(PROFILE));
    this.basis = new Basis(List.of(profile), SchoolCalendars.everywhere(BenchProvince.calendar()));
  }

  /** Arguments: the folder, the days, the rounds. */
  public static void main(String[] arguments) throws SettingsException {
    Path folder = Path.of(arguments[0]);
    int days = Integer.parseInt(arguments[1]);
    try (Database database = Database.open(BenchProvince.database(folder), Database.Sync.PROCESS)) {
      JudgeRun run = new JudgeRun(database, days, Integer.parseInt(arguments[2]));
      System.out.println(run.measure(folder, days));
    }
  }

  /** How long one judging of the province took, part by part. */
  private record Round(
      double registerSeconds, double judgeSeconds, double rollupSeconds, double cpuSeconds) {
    double seconds() {
      return registerSeconds + judgeSeconds + rollupSeconds;
    }
  }

  private String measure(Path folder, int days) {
    List<Round> all = new ArrayList<>();
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    for (int i = 0; i < rounds; i++) {
      all.add(province());
    }
    double peakMiB =
        heapPools().stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum() / 1048576.0;
    Register register = new Registry(database, BenchProvince.CLOCK).snapshot();
    double load = loadSeconds(register);
    double save = saveSeconds(register);
    double[] school = schoolSeconds(folder, register);
    String each =
        all.stream()
            .map(r -> String.format(Locale.ROOT, "%.3f", r.seconds()))
            .collect(Collectors.joining(","));
    all.sort((a, b) -> Double.compare(a.seconds(), b.seconds()));
    Round median = all.get(rounds / 2);
    int schools = register.schools().size();
    return String.format(
        Locale.ROOT,
        "{\"seconds\":%.3f,\"peakHeapMiB\":%.0f,\"rejudgeSchoolSeconds\":%.3f,"
            + "\"schools\":%d,\"days\":%d,\"rules\":%d,\"verdicts\":%d,\"regions\":%d,"
            + "\"roundSeconds\":[%s],\"cpuSeconds\":%.3f,\"registerSeconds\":%.3f,"
            + "\"judgeSeconds\":%.3f,\"rollupSeconds\":%.3f,\"loadSeconds\":%.3f,"
            + "\"judgeAndSaveSeconds\":%.3f,\"daysPerSecond\":%.0f,\"bytesPerDay\":%.0f,"
            + "\"processors\":%d,\"loadAverage\":%.1f}",
        median.seconds(),
        peakMiB,
        school[rounds / 2],
        schools,
        days,
        profile.rules().size(),
        verdicts.sum() / rounds,
        register.regions().size(),
        each,
        median.cpuSeconds(),
        median.registerSeconds(),
        median.judgeSeconds(),
        median.rollupSeconds(),
        load,
        save,
        schools * (double) days / median.seconds(),
        bytesPerDay(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  /** From what is in the database to the summaries of every region. */
  private Round province() {
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = process.getProcessCpuTime();
    long began = System.nanoTime();
    Registry registry = new Registry(database, BenchProvince.CLOCK);
    Register register = registry.snapshot();
    long known = System.nanoTime();
    Board board =
        new Rejudgement(registry, database, BenchProvince.CLOCK).board(register, last, basis);
    long judged = System.nanoTime();
    RegionRollup rollup = RegionRollup.of(register, profile, board::of);
    long ended = System.nanoTime();
    check(register, board, rollup);
    return new Round(
        (known - began) / 1e9,
        (judged - known) / 1e9,
        (ended - judged) / 1e9,
        (process.getProcessCpuTime() - cpu) / 1e9);
  }

  /** Every school has a verdict for every rule, and is counted once in the province. */
  private void check(Register register, Board board, RegionRollup rollup) {
    int schools = register.schools().size();
    for (School school : register.schools()) {
      int its = board.of(school.code()).size();
      verdicts.add(its);
      if (its != profile.rules().size()) {
        throw new IllegalStateException("School " + school.code() + " has " + its + " verdicts.");
      }
    }
    for (RegionSummary summary : rollup.summaries(BenchProvince.ROOT)) {
      if (summary.inScope() + summary.notApplicable() != schools) {
        throw new IllegalStateException("The counts do not add up to " + schools + ": " + summary);
      }
    }
  }

  /** The same days read and decoded once more on all processors, with nothing judged. */
  private double loadSeconds(Register register) {
    SchoolDays days = new SchoolDays(database);
    List<String> codes = register.schools().stream().map(School::code).toList();
    long began = System.nanoTime();
    long read =
        IntStream.rangeClosed(0, (codes.size() - 1) / SCHOOLS_AT_ONCE)
            .parallel()
            .mapToObj(
                i ->
                    codes.subList(
                        i * SCHOOLS_AT_ONCE, Math.min(codes.size(), (i + 1) * SCHOOLS_AT_ONCE)))
            .mapToLong(
                some -> days.load(some, first, last).values().stream().mapToLong(List::size).sum())
            .sum();
    double seconds = (System.nanoTime() - began) / 1e9;
    long expected = codes.size() * (last.toEpochDay() - first.toEpochDay() + 1);
    if (read != expected) {
      throw new IllegalStateException(read + " days were read instead of " + expected + ".");
    }
    return seconds;
  }

  /** Judged once more and saved, as a command does it into a database without verdicts. */
  private double saveSeconds(Register register) {
    Registry registry = new Registry(database, BenchProvince.CLOCK);
    long began = System.nanoTime();
    new Rejudgement(registry, database, BenchProvince.CLOCK)
        .judge(register.schools(), last, last, basis);
    return (System.nanoTime() - began) / 1e9;
  }

  /** One school from raw observations to saved verdicts of each of its days; shortest first. */
  private double[] schoolSeconds(Path folder, Register register) {
    School school = Objects.requireNonNull(register.school(BenchProvince.code(0)));
    Registry registry = new Registry(database, BenchProvince.CLOCK);
    List<LocalDate> dates = first.datesUntil(last.plusDays(1)).toList();
    SchoolDays days = new SchoolDays(database);
    double[] seconds = new double[rounds];
    try (QuestDbStore store = new QuestDbStore(BenchProvince.store(folder), false)) {
      store.start();
      DayRoller roller = new DayRoller(store, DayRoller.Maintenance.NONE);
      for (int i = 0; i < rounds; i++) {
        long began = System.nanoTime();
        days.save(roller.roll(school.code(), dates, BenchProvince.calendar()));
        new Rejudgement(registry, database, BenchProvince.CLOCK)
            .judge(List.of(school), first, last, basis);
        seconds[i] = (System.nanoTime() - began) / 1e9;
      }
    }
    java.util.Arrays.sort(seconds);
    return seconds;
  }

  private double bytesPerDay() {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT avg(length(body)) FROM (SELECT body FROM school_day LIMIT 3000)")
                    .mapTo(Double.class)
                    .one());
  }
}

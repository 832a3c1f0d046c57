package org.rollcall.collector.judge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.rollup.RegionRollup;

/**
 * What judging a province is made of, by JMH: all rules of GD-2010-18 for one school, its month
 * read from the database, both for 200 schools on all processors, and their roll-up. Outside the
 * gate; {@code mvn -pl collector -am test -Dtest=JudgingBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false} runs it.
 */
public class JudgingBenchmark {

  @Test
  void microseconds() throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(Parts.class.getName().replace('$', '.'))
                .forks(1)
                .jvmArgsAppend("-Drollcall.root=" + System.getProperty("rollcall.root"), "-Xmx1g")
                .warmupIterations(5)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(2))
                .build())
        .run();
  }

  /** The parts, each in microseconds. */
  @State(Scope.Benchmark)
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  @SuppressWarnings("NullAway.Init") // made in the set-up
  public static class Parts {
    private static final int SCHOOLS = 200;

    private Path folder;
    private KeptProvince province;
    private SchoolDays days;
    private JudgeInput one;
    private Map<String, List<Verdict>> verdicts;

    /** Makes the province and judges it once. */
    @Setup
    public void make() throws IOException {
      folder = Files.createTempDirectory("judging-benchmark");
      province = new KeptProvince(RegisterHome.SQLITE, folder, SCHOOLS);
      days = new SchoolDays(province.database);
      School school = province.register.schools().get(0);
      Inventory inventory = province.registry.inventory(school.code());
      List<SchoolDay> month = days.load(school.code(), KeptProvince.FIRST, KeptProvince.LAST);
      one =
          new JudgeInput(
              school,
              inventory,
              month,
              Case.BASIS.of(school, province.register).calendar(),
              Case.PROFILE,
              KeptProvince.LAST);
      verdicts = new HashMap<>();
      bulk()
          .forEach(outcome -> verdicts.put(outcome.school().code(), outcome.orThrow().verdicts()));
    }

    /** Removes it. */
    @TearDown
    public void remove() throws IOException {
      province.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }

    @Benchmark
    public Object judgeOneSchool() {
      return Judge.judge(one);
    }

    @Benchmark
    public Object readOneSchoolsMonth() {
      return days.load(one.school().code(), KeptProvince.FIRST, KeptProvince.LAST);
    }

    @Benchmark
    public Object readAndJudge200Schools() {
      return bulk();
    }

    @Benchmark
    public Object rollUp200Schools() {
      return RegionRollup.of(
          province.register, Case.PROFILE, code -> verdicts.getOrDefault(code, List.of()));
    }

    private List<BulkJudging.Outcome> bulk() {
      List<BulkJudging.Outcome> all = new ArrayList<>();
      new BulkJudging(province.judging)
          .judge(province.register.schools(), province::tasks, all::addAll);
      return all;
    }
  }
}

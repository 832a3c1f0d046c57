package org.rollcall.simulator.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.enrolment.EnrolmentException;
import org.rollcall.collector.Collector;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.DatabaseUnavailableException;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.web.ServerSettings;

/**
 * One run: faults one after the other on a district of its own, a look at every promise after each,
 * and at the end the stores read as they lie on the disk. Blocks the calling thread.
 *
 * <p>After every fault, by itself and within {@link #PATIENCE}: every process that was not killed
 * lives, every agent is connected and has nothing waiting, the server says that it is ready, shows
 * what the spools took, and has judged it.
 */
final class FaultRun {
  /** For everything to be well again after a fault: longer than an agent takes to miss a server. */
  static final Duration PATIENCE = Duration.ofMinutes(4);

  /** What verdicts look back on (PROJECT-DEFAULTS, windowDays). */
  private static final int WINDOW_DAYS = 30;

  /** Longer than an agent, or the server, takes to miss what is behind such a line. */
  private static final Duration LONG_HALF_OPEN = Duration.ofSeconds(100);

  private static final Duration LONG_HALF_OPEN_TO_STORE = Duration.ofSeconds(30);

  private final Path folder;
  private final StoreKinds kinds;
  private final long seed;
  private final LocalDate firstMonday;
  private final Consumer<String> log;
  private final List<String> broken = new ArrayList<>();
  private int scenarios;
  private long acceptedBefore;

  /**
   * @param folder exists and is empty
   * @param kinds where the server keeps what it is told
   * @param seed decides what the faults leave open
   * @param span the longest time that what agents see may fill, before today
   * @param log gets a line about every fault
   */
  FaultRun(Path folder, StoreKinds kinds, long seed, Duration span, Consumer<String> log) {
    this.folder = folder;
    this.kinds = kinds;
    this.seed = seed;
    this.log = log;
    LocalDate begin = LocalDate.now(Plan.ZONE).minusDays(span.toDays() + 1);
    this.firstMonday = begin.minusDays(begin.getDayOfWeek().getValue() - 1L);
  }

  /** Which faults come. */
  @FunctionalInterface
  interface Course {
    /** The next one; null when it is enough. */
    @Nullable Scenario next(List<Part> parts);
  }

  FaultFigures run(Course course)
      throws IOException, InterruptedException, EnrolmentException, SettingsException {
    try (FaultDistrict district = FaultDistrict.make(folder, kinds, firstMonday, seed);
        HeapWatch heap = new HeapWatch(district.server())) {
      heap.start();
      for (RunningAgent agent : district.agents()) {
        agent.order(true);
        agent.start();
      }
      LiveCheck live = new LiveCheck(district.server().place().httpPort());
      Scenario scenario = course.next(district.parts());
      while (scenario != null && happens(scenario, district, live)) {
        scenario = course.next(district.parts());
      }
      return reckon(district, heap, live);
    }
  }

  /** False when a promise did not hold: what comes after would only be noise. */
  private boolean happens(Scenario scenario, FaultDistrict district, LiveCheck live)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    try {
      Part part = district.part(scenario.part());
      if (scenario.fault() == Fault.EMPTIED) {
        rest(district, live);
        for (RunningAgent agent : district.agents()) {
          long kept = agent.owed().stream().filter(Journal.Entry::kept).count();
          acceptedBefore += kept * agent.member().plan().subjects();
          agent.forgive();
        }
      }
      part.begin(scenario.fault(), scenario.seed());
      for (RunningAgent agent : district.agents()) {
        if (!scenario.fault().isOfClock()) {
          agent.order(true);
        }
      }
      Waiting.pass(lasting(scenario));
      part.end(scenario.fault());
      double mended = (System.nanoTime() - began) / 1e9;
      rest(district, live);
      if (scenario.part().equals("server") && scenario.fault().isOfClock()) {
        Waiting.until(
            PATIENCE,
            () -> district.server().verdictsOf(LocalDate.now(Plan.ZONE)),
            "the newest verdicts are not of today");
      }
      scenarios++;
      log.accept(
          "%s: well again %.1f s after it was mended"
              .formatted(scenario, (System.nanoTime() - began) / 1e9 - mended));
      for (RunningAgent agent : district.agents()) {
        agent.order(true);
      }
      return true;
    } catch (BrokenPromiseException
        | IllegalStateException
        | IOException
        | UncheckedIOException e) {
      broken.add("seed " + seed + ", " + scenario + ": " + e.getMessage());
      return false;
    }
  }

  private static Duration lasting(Scenario scenario) {
    boolean isLong = scenario.lasting().compareTo(Duration.ofSeconds(3)) > 0;
    if (scenario.fault() != Fault.HALF_OPEN || !isLong) {
      return scenario.lasting();
    }
    return scenario.part().equals(LinesPart.NAME) ? LONG_HALF_OPEN : LONG_HALF_OPEN_TO_STORE;
  }

  /** Lets the agents rest, waits until all is well, and compares. */
  private void rest(FaultDistrict district, LiveCheck live)
      throws IOException, InterruptedException {
    for (RunningAgent agent : district.agents()) {
      agent.order(false);
    }
    RunningServer server = district.server();
    for (RunningAgent agent : district.agents()) {
      String name = agent.member().name();
      Waiting.until(
          PATIENCE,
          () -> {
            requireAlive(server.isAlive(), "server");
            requireAlive(agent.child().isAlive(), "agent " + name);
            return agent.hasObeyed() && agent.state().connected() && agent.state().waiting() == 0;
          },
          "agent " + name + " has not brought in all it has");
    }
    Waiting.until(PATIENCE, server::isReady, "the server is not ready");
    for (RunningAgent agent : district.agents()) {
      String[] difference = {""};
      Waiting.until(
          PATIENCE,
          () -> {
            difference[0] = live.difference(agent);
            return difference[0].isEmpty();
          },
          agent.member().name() + " spooled more than the server shows");
    }
  }

  private static void requireAlive(boolean alive, String who) {
    if (!alive) {
      throw new BrokenPromiseException("The " + who + " ended by itself.");
    }
  }

  /** Everything that was acknowledged is in verdicts' days, and then in the stores as they lie. */
  private FaultFigures reckon(FaultDistrict district, HeapWatch heap, LiveCheck live)
      throws IOException, InterruptedException, SettingsException {
    if (broken.isEmpty()) {
      rest(district, live);
      Instant settled = Instant.now();
      Waiting.until(
          PATIENCE,
          () ->
              district.server().metric("rollcall_judged_up_to_seconds") > settled.getEpochSecond()
                  && district.server().metric("rollcall_dirty_schools") == 0,
          "the judge has not caught up");
    }
    for (RunningAgent agent : district.agents()) {
      agent.close();
    }
    district.server().close();
    ServerSettings settings =
        SettingsReader.read(district.server().place().config(), ServerSettings.class);
    SchoolCalendar calendar =
        SchoolCalendar.read(
            Path.of(System.getProperty("rollcall.root"), "config/calendars/demo.yaml"));
    try (ObservationStore store =
            settings.store().open(Collector.observations(settings.data()), Clock.systemUTC());
        Database database = Collector.database(settings.collector())) {
      store.settle();
      DayCheck days =
          new DayCheck(
              new SchoolDays(database),
              calendar,
              LocalDate.now(Plan.ZONE).minusDays(WINDOW_DAYS - 1L));
      return reckon(district, store, days, heap.peakMib());
    } catch (StoreUnavailableException | DatabaseUnavailableException e) {
      broken.add("seed " + seed + ": what was stored cannot be read: " + e.getMessage());
      return new FaultFigures(kinds, scenarios, acceptedBefore, 0, 0, 0, 0, 0, 0, broken);
    }
  }

  private FaultFigures reckon(
      FaultDistrict district, ObservationStore store, DayCheck days, long peakHeapMib) {
    long accepted = acceptedBefore;
    long lost = 0;
    long dropped = 0;
    long duplicated = 0;
    long gapRecords = 0;
    long unknown = 0;
    for (RunningAgent agent : district.agents()) {
      Ledger ledger = Ledger.of(store, agent);
      accepted += ledger.accepted();
      lost += ledger.lost();
      dropped += ledger.dropped();
      duplicated += ledger.duplicated();
      gapRecords += ledger.gaps().size();
      promise(
          ledger.lost() == 0,
          "%s lost %d, first %s; told: %s"
              .formatted(agent.member().name(), ledger.lost(), ledger.firstLost(), ledger.gaps()));
      promise(ledger.duplicated() == 0, agent.member().name() + " is stored twice");
      promise(
          agent.member().mayLose() || ledger.gaps().isEmpty(),
          agent.member().name() + " had room and told of a loss: " + ledger.gaps());
      if (broken.isEmpty()) {
        DayCheck.Finding finding = days.of(agent, Ledger.lineTimes(store, agent.school()));
        promise(finding.fault().isEmpty(), finding.fault());
        unknown += finding.unknown();
      }
    }
    promise(
        peakHeapMib <= RunningServer.HEAP_MIB, "the server's heap grew to " + peakHeapMib + " MiB");
    return new FaultFigures(
        kinds,
        scenarios,
        accepted,
        lost,
        duplicated,
        gapRecords,
        peakHeapMib,
        dropped,
        unknown,
        broken);
  }

  private void promise(boolean held, String otherwise) {
    if (!held) {
      broken.add("seed " + seed + ": " + otherwise);
    }
  }
}

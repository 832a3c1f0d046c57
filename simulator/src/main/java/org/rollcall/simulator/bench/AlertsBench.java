package org.rollcall.simulator.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.alerts.AlertDesk;
import org.rollcall.collector.alerts.AlertSettings;
import org.rollcall.collector.alerts.SignalSources;
import org.rollcall.collector.alerts.SilenceLook;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.channels.ChannelSetting;
import org.rollcall.collector.channels.Channels;
import org.rollcall.collector.channels.Message.Tone;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.intake.IntakeCounts;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.judge.Verdicts;
import org.rollcall.collector.milestones.MilestoneFile;
import org.rollcall.collector.milestones.Milestones;
import org.rollcall.collector.problems.ProblemDesk;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.pulse.Pulse;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.store.questdb.QuestDbStore;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A school day of faults, by a clock that goes a minute at a time: what agents say goes into the
 * real pulse and store, the rules of {@code config/alerts} are asked every minute, and what is told
 * goes through the real outbox to a webhook on loopback.
 */
@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    description = "A day of simulated faults: what is told of them.",
    footer = {
      "",
      "causes: faults that people must hear of. raised: alerts that fired.",
      "notifications: messages that something is on, whatever a digest makes of them.",
      "missed: causes that nobody was told of. stuck: alerts still open at midnight without one.",
      "recoveries: messages that something is over. letters: what the webhook got, digests of 2 min."
    })
final class AlertsBench implements Callable<Integer> {
  private static final int LEAST_SCHOOLS = 500;
  private static final int MOST_SCHOOLS = 30_000;
  private static final int DAY_MINUTES = 24 * 60;
  private static final LocalDate DAY = LocalDate.of(2026, 4, 15);

  @Option(names = "--schools", defaultValue = "2000", description = "schools (default: 2000)")
  private int schools;

  @Option(names = "--seed", defaultValue = "1", description = "which day (default: 1)")
  private long seed;

  @Spec private @Nullable CommandSpec spec;

  /** A clock that the run sets. */
  private static final class DayClock extends Clock {
    private volatile Instant now = DAY.atStartOfDay(Registry.ZONE).toInstant();

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return Registry.ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  record ChannelFile(List<ChannelSetting> channels) {}

  @Override
  public Integer call() throws IOException, SettingsException {
    if (spec != null && (schools < LEAST_SCHOOLS || schools > MOST_SCHOOLS)) {
      throw new ParameterException(
          spec.commandLine(), "--schools is " + LEAST_SCHOOLS + " to " + MOST_SCHOOLS);
    }
    Path folder = Files.createTempDirectory("rollcall-bench-alerts");
    LongAdder letters = new LongAdder();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          letters.increment();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try {
      System.out.println(run(folder, receiver.getAddress().getPort(), letters));
    } finally {
      receiver.stop(0);
      BenchServer.delete(folder);
    }
    return 0;
  }

  private String run(Path folder, int port, LongAdder letters)
      throws IOException, SettingsException {
    DayClock clock = new DayClock();
    Instant midnight = clock.instant();
    List<AlertFault> faults = AlertDay.of(schools, seed);
    SchoolCalendars calendars =
        SchoolCalendars.everywhere(
            SchoolCalendar.read(BenchProvince.config("calendars/demo.yaml")));
    Files.writeString(
        folder.resolve("duty.yaml"),
        "people: []\nrotas: []\nways: [{id: all, steps: [{channels: [hook]}]}]\n",
        StandardCharsets.UTF_8);
    List<ChannelSetting> channel =
        SettingsReader.read(
                "bench",
                "channels: [{name: hook, kind: webhook, digest: 2m, secret: s, url:"
                    + " \"http://127.0.0.1:"
                    + port
                    + "/\"}]",
                folder,
                ChannelFile.class)
            .channels();
    QuestDbStore.Upkeep upkeep = new QuestDbStore.Upkeep(Duration.ZERO, Duration.ZERO);
    try (Database database =
            Database.open(folder.resolve("register.sqlite"), Database.Sync.PROCESS);
        QuestDbStore store = new QuestDbStore(folder.resolve("store"), false, upkeep, clock);
        Pulse pulse = new Pulse(clock, Pulse.DEFAULT_MAX_SUBJECTS);
        Channels channels = Channels.open(channel, null, database, clock, new Random(seed))) {
      store.start();
      AlertCampus campus = AlertCampus.register(new Registry(database, clock), schools);
      AlertDesk desk = desk(folder, new Stores(database, store, pulse, calendars), channels, clock);
      for (int minute = 0; minute < DAY_MINUTES; minute++) {
        campus.minute(faults, minute, clock.instant(), pulse, store);
        desk.round();
        channels.work();
        clock.now = clock.now.plus(Duration.ofMinutes(1));
        if (minute % 120 == 0) {
          System.err.printf("%02d:00%n", minute / 60);
        }
      }
      channels.work();
      Map<Boolean, Long> messages = new HashMap<>();
      channels
          .log(null, null, 1_000_000)
          .forEach(each -> messages.merge(each.tone() == Tone.GREEN, 1L, Long::sum));
      long told = messages.getOrDefault(false, 0L);
      return new AlertCount(faults, desk.cases(midnight), campus.codes(), midnight)
          .json(told, messages.getOrDefault(true, 0L), letters.sum());
    }
  }

  private record Stores(
      Database database, QuestDbStore store, Pulse pulse, SchoolCalendars calendars) {}

  private static AlertDesk desk(Path folder, Stores stores, Channels channels, Clock clock)
      throws SettingsException {
    Database database = stores.database();
    Registry registry = new Registry(database, clock);
    Agents agents = new Agents(database.jdbi(), clock, new SecureRandom());
    AuditLog audit = new AuditLog(database.jdbi(), clock);
    ProblemDesk problems =
        new ProblemDesk(
            new ProblemDesk.Parts(
                registry, agents, stores.pulse(), stores.store(), audit, stores::calendars),
            database,
            clock);
    Profile profile = Profile.read(BenchProvince.config("targets").resolve("GD-2010-18.yaml"));
    Board board = new Board();
    IntakeCounts intake = new IntakeCounts(0, 0, 0, Map.of(), 0, 0, 0, 0, 0, 0);
    SignalSources sources =
        new SignalSources(
            new SignalSources.Parts(
                problems,
                stores.pulse(),
                agents,
                registry,
                new SchoolDays(database),
                new DeclaredValues(database, clock),
                new Verdicts(database),
                new Milestones(
                    new Milestones.Parts(
                        MilestoneFile.NONE,
                        new DeclaredValues(database, clock),
                        audit,
                        () -> profile,
                        () -> board),
                    database,
                    clock),
                () -> board,
                () -> profile,
                () -> intake));
    AlertSettings settings =
        new AlertSettings(
            BenchProvince.config("alerts"),
            folder.resolve("duty.yaml"),
            Duration.ofSeconds(60),
            Duration.ofDays(1_000));
    return new AlertDesk(
        settings,
        new AlertDesk.Parts(
            problems,
            registry,
            audit,
            stores::calendars,
            sources,
            new SilenceLook(stores.store(), stores.pulse()),
            channels::post),
        database,
        clock);
  }
}

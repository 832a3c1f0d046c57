package org.rollcall.collector.proof;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.day.DayRoller;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.evidence.EvidenceFiles;
import org.rollcall.collector.evidence.EvidenceLog;
import org.rollcall.collector.evidence.EvidenceSettings;
import org.rollcall.collector.intake.ReportLog.Received;
import org.rollcall.collector.intake.Sender;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SetClock;
import org.rollcall.config.SettingsException;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.ReportChain;
import org.rollcall.protocol.v1.AgentStanding;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Seal;

/** A school whose agent reported a month long, in a register and an evidence log. */
final class SentSchool implements AutoCloseable {
  static final LocalDate AT = LocalDate.of(2026, 11, 18);
  static final String CODE = "0755001";
  static final int DAYS = 30;
  static final Path TARGETS = Path.of("..", "config", "targets");
  static final Path CALENDARS = Path.of("..", "config", "calendars");
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  final SetClock clock = new SetClock(AT.minusDays(DAYS - 1L), LocalTime.of(5, 0));
  final AgentKey server = AgentKey.generate();
  final AgentKey agent = AgentKey.generate();
  final Database database;
  final Registry registry;
  final Path data;
  private final Map<String, AgentStanding> standings = new HashMap<>();
  private final EvidenceLog log;
  private final SentObservations sent = new SentObservations(ZONE);
  private ReportChain chain;
  private long sealed;

  SentSchool(Path data) throws IOException {
    this.data = data;
    database = Database.open(data.resolve("register.sqlite"));
    registry = new Registry(database, clock);
    registry.change(
        LocalDate.of(2026, 9, 1),
        change -> {
          change.putRegions(
              List.of(
                  new Region("440307", "龙岗区", "Longgang", Region.Level.COUNTY, null),
                  new Region("440307001", "平湖街道", "Pinghu", Region.Level.TOWNSHIP, "440307")));
          return change.putSchools(List.of(school()), Crs.WGS84);
        });
    chain = new ReportChain(agent.agentId(), 1_000, 0, new byte[0]);
    standings.put(
        agent.agentId(),
        AgentStanding.newBuilder()
            .setPublicKey(ByteString.copyFrom(agent.publicKey()))
            .setEnrolledMillis(Instant.parse("2026-09-01T00:00:00Z").toEpochMilli())
            .build());
    log =
        new EvidenceLog(
            EvidenceFiles.folder(data),
            server,
            EvidenceSettings.DEFAULT,
            false,
            agents -> {
              Map<String, AgentStanding> known = new HashMap<>(standings);
              known.keySet().retainAll(agents);
              return known;
            },
            ZONE,
            clock);
  }

  private static School school() {
    return new School(
        CODE,
        "平湖镇中心小学",
        "Pinghu Central Primary School",
        "440307001",
        School.Stage.PRIMARY,
        School.Tier.A,
        School.Ownership.PUBLIC,
        School.Setting.TOWN,
        900,
        50,
        20,
        114.1,
        22.7,
        School.Medium.FIBRE,
        "电信",
        100.0,
        true);
  }

  /** Sends all days, each closed before the next, and the last left open. */
  void month() throws IOException {
    for (int i = 0; i < DAYS; i++) {
      LocalDate date = AT.minusDays(DAYS - 1L - i);
      clock.set(date, LocalTime.of(5, 30));
      log.keep(List.of(received("0755999", "f-other", other(date))));
      for (int hour = 6; hour <= 21; hour++) {
        hour(date, hour);
      }
      if (i < DAYS - 1) {
        clock.set(date.plusDays(1), LocalTime.of(0, 1));
        closeDays();
      }
    }
  }

  /** The log closes days on a thread of its own; a start does it at once. */
  private void closeDays() throws IOException {
    try (EvidenceLog again =
        new EvidenceLog(
            EvidenceFiles.folder(data),
            server,
            EvidenceSettings.DEFAULT,
            false,
            agents -> Map.of(),
            ZONE,
            clock)) {
      again.start();
    }
  }

  private void hour(LocalDate date, int hour) throws IOException {
    clock.set(date, LocalTime.of(hour, 1));
    long time = date.atTime(hour, 0).atZone(ZONE).toInstant().toEpochMilli();
    Report.Builder report =
        Report.newBuilder()
            .setCreatedMillis(clock.millis())
            .addObservations(
                seen("link:wan", time)
                    .putMeasures("up", 1)
                    .putMeasures("speedBitsPerSecond", 1e8)
                    .putMeasures("inBitsPerSecond", 8e6 + 1_000 * hour)
                    .putMeasures("outBitsPerSecond", 1e6)
                    .putMeasures("intervalSeconds", 300))
            .addObservations(
                seen("reach:edu", time).putMeasures("up", 1).putMeasures("connectMillis", 4));
    if (hour % 5 == 1) {
      report.addObservations(
          seen("throughput:wan", time)
              .putMeasures("downloadBitsPerSecond", 2.1e7 + date.getDayOfYear() * 100 + hour)
              .putMeasures("transferSeconds", 10)
              .putMeasures("utilisation", 0.1)
              .putMeasures("rttMillis", 3));
    }
    send(report);
  }

  /** Sends a report as the agent would. */
  void send(Report.Builder report) throws IOException {
    if (chain.lastSeq() >= sealed + 5) {
      Seal seal = chain.seal(agent);
      sealed = seal.getSeq();
      report.setSeal(seal);
    }
    byte[] bytes = chain.append(report);
    log.keep(List.of(received(CODE, agent.agentId(), bytes)));
    sent.add(CODE, report.build());
  }

  /** Keeps bytes as they are. */
  void keep(byte[] bytes) {
    log.keep(List.of(received(CODE, agent.agentId(), bytes)));
  }

  private static byte[] other(LocalDate date) {
    return Report.newBuilder()
        .setAgent("f-other")
        .addObservations(
            seen("link:wan", date.atTime(5, 0).atZone(ZONE).toInstant().toEpochMilli()))
        .build()
        .toByteArray();
  }

  static Observation.Builder seen(String subject, long time) {
    return Observation.newBuilder().setSubject(subject).setTimeMillis(time);
  }

  private Received received(String school, String from, byte[] payload) {
    return new Received(new Sender(from, school, "10.7.1.1"), clock.millis(), false, payload);
  }

  /** Keeps the school days that a judge would have made of it. */
  void roll() throws SettingsException {
    SchoolCalendar calendar = SchoolCalendars.read(CALENDARS).of(school(), registry.at(AT));
    List<LocalDate> dates = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      dates.add(AT.minusDays(i));
    }
    new SchoolDays(database)
        .save(new DayRoller(sent, DayRoller.Maintenance.NONE).roll(CODE, dates, calendar));
  }

  ProofMaker maker() {
    return new ProofMaker(
        database,
        registry,
        new EvidenceFiles(EvidenceFiles.folder(data), server, clock),
        server,
        new ProofMaker.Paths(TARGETS, CALENDARS),
        clock);
  }

  @Override
  public void close() {
    log.close();
    database.close();
  }
}

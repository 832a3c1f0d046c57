package org.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rollcall.collector.Collector;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendar.Lesson;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.imports.ImportOptions;
import org.rollcall.collector.registry.imports.ImportResult;
import org.rollcall.collector.registry.imports.Imports;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.questdb.QuestDbStore;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * A real server over a small district, judged by several profiles: for each tier a school that
 * meets both targets, one that meets neither, and one whose agent came two school days ago. The
 * first two of each tier declare something, so that every outcome is there.
 */
public final class TestServer implements AutoCloseable {
  /** Tier A: met, not met, unknown; then tier B: the same. */
  public static final List<String> SCHOOLS =
      List.of("2144000011", "2144000012", "2144000013", "2144000021", "2144000022", "2144000023");

  private static final Path ROOT = Path.of(System.getProperty("rollcall.root", ".."));
  private static final int SAMPLE_MINUTES = 5;

  private final Server server;

  /** What the schools of a tier show, in the order of {@link #SCHOOLS}. */
  private enum Standing {
    MET,
    NOT_MET,
    UNKNOWN
  }

  private TestServer(Server server) {
    this.server = server;
  }

  /** Fills a data folder, starts a server over it and waits until it has judged. */
  public static TestServer start(Path folder, boolean publicView) throws Exception {
    return start(folder, publicView, "{port: 0}");
  }

  /** As {@link #start(Path, boolean)}, with the section {@code http:} of the settings. */
  public static TestServer start(Path folder, boolean publicView, String http) throws Exception {
    return start(folder, publicView, http, "");
  }

  /** As {@link #start(Path, boolean, String)}, with more lines of the settings. */
  public static TestServer start(Path folder, boolean publicView, String http, String more)
      throws Exception {
    Path settings =
        Files.writeString(
            folder.resolve("server.yaml"),
            """
            data: data
            simulated: true
            http: %s
            mqtt: {tls: {bind: 127.0.0.1, port: 0}, plain: {enabled: true, port: 0}}
            web: {publicView: %s}
            lineTests: {udp: {bind: 127.0.0.1, port: 0}}
            ndt7: {public: true, tls: {bind: 127.0.0.1, port: 0}}
            calendar: %s
            targets: %s
            otherProfiles: [GD-LONGGANG-2011, MOE-2017-6-L7, LOCAL-TEMPLATE]
            boundaries: outlines.geojson
            %s
            """
                .formatted(
                    http,
                    publicView,
                    ROOT.resolve("config/calendars/demo.yaml").toAbsolutePath(),
                    ROOT.resolve("config/targets").toAbsolutePath(),
                    more));
    Files.writeString(
        folder.resolve("outlines.geojson"),
        """
        {"type": "FeatureCollection", "features": [{"type": "Feature",
          "properties": {"code": "440307001"},
          "geometry": {"type": "Polygon",
            "coordinates": [[[114.1, 22.6], [114.4, 22.6], [114.4, 22.8], [114.1, 22.6]]]}}]}
        """);
    ServerSettings read = SettingsReader.read(settings, ServerSettings.class);
    Files.createDirectories(read.data());
    register(folder, read.data());
    observe(read);
    Server server = Server.start(read, Clock.systemUTC());
    TestServer started = new TestServer(server);
    try {
      await()
          .atMost(Duration.ofMinutes(5))
          .until(() -> SCHOOLS.stream().allMatch(s -> !server.collector().board().of(s).isEmpty()));
      return started;
    } catch (RuntimeException e) {
      started.close(); // or the folder could not go, and that would be told instead
      throw e;
    }
  }

  private static void register(Path folder, Path data) throws Exception {
    StringBuilder schools =
        new StringBuilder(
            "code,name,name_en,region,stage,tier,ownership,setting,students,teachers,classes,lon,"
                + "lat,medium,isp,contract_mbps,edu_network\n");
    StringBuilder classes = new StringBuilder("school,class,grade,platform_declared\n");
    StringBuilder devices = new StringBuilder("school,space,kind,name,address,probe\n");
    String[] names = {"明德中心小学", "求是中心小学", "致远中心小学", "春晓小学", "秋实小学", "北坡小学"};
    for (int i = 0; i < SCHOOLS.size(); i++) {
      String code = SCHOOLS.get(i);
      schools.append(
          "%s,%s,Test School %d,440307001,primary,%s,public,urban,200,12,2,%.4f,%.4f,fibre,ISP,100,true%n"
              .formatted(
                  code, names[i], i + 1, i < 3 ? "A" : "B", 114.20 + 0.02 * i, 22.70 + 0.01 * i));
      for (int c = 1; c <= 2; c++) {
        classes.append("%s,一年级%d班,1,true%n".formatted(code, c));
        devices.append("%s,一年级%d班,terminal,c%d,10.0.0.%d,snmp%n".formatted(code, c, c, c));
      }
      devices.append("%s,,link,wan,10.0.0.254,snmp ifName=wan%n".formatted(code));
      devices.append("%s,计算机室1,pc,r1-01,10.0.1.1,snmp%n".formatted(code));
    }
    String regions =
        "code,name,name_en\n440307,龙岗区,Longgang District\n440307001,龙城街道,Longcheng Sub-district\n";
    String asOf = LocalDate.now(ZoneId.of("Asia/Shanghai")).minusDays(30).toString();
    StringBuilder declared =
        new StringBuilder("school,indicator,value,as_of,note,certificate\n")
            .append("440307,plan-in-policy,yes,%s,,\n".formatted(asOf));
    for (int i : new int[] {0, 1, 3, 4}) {
      boolean good = i % 3 == 0;
      declared.append(
          "%s,teachers-45-multimedia,%s/12,%s,,%n".formatted(SCHOOLS.get(i), good ? 12 : 5, asOf));
      declared.append(
          "%s,experimental-school,%s,%s,,%n".formatted(SCHOOLS.get(i), good ? "yes" : "no", asOf));
      declared.append(
          "%s,multimedia-rooms,%d,%s,,%n".formatted(SCHOOLS.get(i), good ? 6 : 4, asOf));
    }
    try (Database database = Database.open(Collector.registerFile(data))) {
      Imports imports = new Imports(new Registry(database));
      good(imports.regions(csv(folder, "regions", regions), ImportOptions.DEFAULT));
      good(imports.schools(csv(folder, "schools", schools.toString()), ImportOptions.DEFAULT));
      good(imports.classes(csv(folder, "classes", classes.toString()), ImportOptions.DEFAULT));
      good(imports.devices(csv(folder, "devices", devices.toString()), ImportOptions.DEFAULT));
      good(
          imports.declared(
              csv(folder, "declared", declared.toString()),
              ImportOptions.DEFAULT,
              new DeclaredValues(database, Clock.systemUTC())));
    }
  }

  private static Path csv(Path folder, String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name + ".csv"), text);
  }

  private static void good(ImportResult result) {
    assertThat(result.ok()).as(() -> result.lines(Locale.ENGLISH).toString()).isTrue();
  }

  /** A month of lessons, a sample every five minutes. */
  private static void observe(ServerSettings settings) throws Exception {
    SchoolCalendar calendar = SchoolCalendar.read(settings.calendar());
    Instant now = Instant.now();
    LocalDate today = calendar.dateOf(now);
    try (QuestDbStore store = new QuestDbStore(Collector.observations(settings.data()), false)) {
      store.start();
      List<LocalDate> days = calendar.lastSchoolDays(today, 15);
      for (LocalDate day : days) {
        List<SchoolReport> batch = new ArrayList<>();
        boolean recent = !day.isBefore(days.get(days.size() - 2));
        for (int i = 0; i < SCHOOLS.size(); i++) {
          if (i % 3 != 2 || recent) {
            Report report = day(calendar, day, now, Standing.values()[i % 3]);
            batch.add(new SchoolReport(SCHOOLS.get(i), report));
          }
        }
        store.write(batch);
      }
      store.settle();
    }
  }

  private static Report day(
      SchoolCalendar calendar, LocalDate day, Instant now, Standing standing) {
    Report.Builder report = Report.newBuilder().setAgent("f-test");
    for (Lesson lesson : calendar.lessons(day)) {
      Duration step = Duration.ofMinutes(SAMPLE_MINUTES);
      for (Instant at = lesson.from(); at.isBefore(lesson.to()); at = at.plus(step)) {
        if (at.isBefore(now)) {
          add(report, at, standing);
        }
      }
    }
    return report.build();
  }

  private static void add(Report.Builder report, Instant at, Standing standing) {
    boolean good = standing != Standing.NOT_MET;
    Map<String, Double> link =
        Map.of(
            "up", 1.0,
            "speedBitsPerSecond", good ? 1e9 : 2e6,
            "inBitsPerSecond", good ? 2.5e7 : 1.2e6,
            "outBitsPerSecond", 1e6,
            "intervalSeconds", 300.0);
    report.addObservations(observation("link:wan", at, link));
    Map<String, Double> up = Map.of("up", 1.0, "uptimeSeconds", 600.0);
    if (standing != Standing.UNKNOWN) {
      Map<String, Double> terminal = good ? up : Map.of("up", 0.0);
      report.addObservations(observation("terminal:c1", at, terminal));
      report.addObservations(observation("terminal:c2", at, terminal));
    }
    report.addObservations(observation("pc:r1-01", at, up));
    Map<String, Double> reached = Map.of("up", 1.0, "connectMillis", 3.0);
    report.addObservations(observation("reach:edu", at, reached));
    report.addObservations(observation("reach:internet", at, reached));
    if (standing == Standing.MET) {
      addPartner(report, at);
      addTest(report, at);
    }
  }

  /** On the hour somebody has the line tested, which no verdict hears of. */
  private static void addTest(Report.Builder report, Instant at) {
    if (at.getEpochSecond() % 3600 == 0) {
      Map<String, Double> test =
          Map.of("downloadBitsPerSecond", 6e7, "transferSeconds", 10.0, "asked", 1.0);
      report.addObservations(observation("throughput:wan", at, test));
    }
  }

  /** The school beside it as a partner, and the course that it shares. */
  private static void addPartner(Report.Builder report, Instant at) {
    String partner = "partner-" + SCHOOLS.get(1);
    Map<String, Double> line = Map.of("up", 1.0, "rttMillis", 6.5, "lossShare", 0.25);
    report.addObservations(observation("reach:" + partner, at, line));
    report.addObservations(
        observation("path:" + partner, at, Map.of("viaDistrict", 1.0, "hops", 4.0)));
    report.addObservations(
        observation("service:course", at, Map.of("up", 1.0, "responseMillis", 84.0)));
  }

  private static Observation observation(String subject, Instant at, Map<String, Double> measures) {
    return Observation.newBuilder()
        .setSubject(subject)
        .setTimeMillis(at.toEpochMilli())
        .putAllMeasures(measures)
        .build();
  }

  public URI base() {
    return URI.create(server.url());
  }

  public Collector collector() {
    return server.collector();
  }

  @Override
  public void close() {
    server.close();
  }
}

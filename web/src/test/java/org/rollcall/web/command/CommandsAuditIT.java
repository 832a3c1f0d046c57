package org.rollcall.web.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.Collector;
import org.rollcall.collector.audit.AuditEntry;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.day.MaintenanceWindows;
import org.rollcall.collector.discovery.Discovered;
import org.rollcall.collector.discovery.DiscoveryQueue;
import org.rollcall.collector.evidence.EvidenceFiles;
import org.rollcall.collector.evidence.EvidenceKey;
import org.rollcall.collector.evidence.EvidenceLog;
import org.rollcall.collector.evidence.EvidenceSettings;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.intake.ReportLog.Received;
import org.rollcall.collector.intake.Sender;
import org.rollcall.collector.registry.Registry;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.AgentToken;
import org.rollcall.protocol.ReportChain;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Sighting;
import picocli.CommandLine;

/** Every command that changes something leaves an entry in the audit log; no other does. */
class CommandsAuditIT {
  private static final Path ROOT = Path.of(System.getProperty("rollcall.root", ".."));
  private static final String SCHOOL = "2144990001";

  /** Commands that only look, and {@code server}, whose changes are its callers'. */
  private static final Set<String> LOOKING =
      Set.of(
          "server",
          "doctor",
          "verify",
          "evidence",
          "check-config",
          "check-targets",
          "check-alerts",
          "agents list",
          "accounts list",
          "discovered list",
          "maintenance list");

  /** Is carried out over two stores in MovingIT, and looked for there. */
  private static final Set<String> ELSEWHERE = Set.of("move-store");

  @TempDir Path folder;
  private Path config;
  private final Set<String> tried = new TreeSet<>();

  @BeforeEach
  void settings() throws Exception {
    config =
        Files.writeString(
            folder.resolve("server.yaml"),
            """
            data: data
            mqtt: {tls: {bind: 127.0.0.1, port: 18883}}
            calendar: %s
            targets: %s
            """
                .formatted(
                    ROOT.resolve("config/calendars/demo.yaml").toAbsolutePath(),
                    ROOT.resolve("config/targets").toAbsolutePath()));
  }

  private Database open() {
    return Database.open(Collector.registerFile(folder.resolve("data")));
  }

  private List<AuditEntry> entries() {
    try (Database database = open()) {
      return new AuditLog(database.jdbi(), Clock.systemUTC())
          .list(new AuditLog.Filter("", ""), 0, 500)
          .entries();
    }
  }

  private int run(String... line) {
    List<String> all = new ArrayList<>(List.of(line));
    all.add("--config");
    all.add(config.toString());
    return Commands.run(all.toArray(new String[0]));
  }

  /** Runs a command, which must leave one entry more, of this action, by this machine's user. */
  private AuditEntry changes(String command, String action, String... rest) {
    tried.add(command);
    int before = entries().size();
    List<String> line = new ArrayList<>();
    new StringTokenizer(command).asIterator().forEachRemaining(word -> line.add((String) word));
    line.addAll(List.of(rest));
    assertThat(run(line.toArray(new String[0]))).as(command).isZero();
    List<AuditEntry> now = entries();
    assertThat(now).as(command).hasSize(before + 1);
    assertThat(now.get(0).action()).isEqualTo(action);
    assertThat(now.get(0).account()).isEmpty();
    assertThat(now.get(0).source()).isEqualTo("console:" + System.getProperty("user.name"));
    assertThat(now.get(0).detail()).doesNotContain(folder.toString());
    assertThat(now.get(0).subject()).doesNotContain("/");
    return now.get(0);
  }

  /** What the command makes holds, and one byte less of it does not. */
  private void proofs() throws Exception {
    AgentKey key = EvidenceKey.open(folder.resolve("data"));
    AgentKey agent = AgentKey.generate();
    try (EvidenceLog log =
        new EvidenceLog(
            EvidenceFiles.folder(folder.resolve("data")),
            key,
            EvidenceSettings.DEFAULT,
            false,
            agents -> Map.of(),
            ZoneId.of("Asia/Shanghai"),
            Clock.systemUTC())) {
      byte[] report =
          new ReportChain(agent.agentId(), 1, 0, new byte[0])
              .append(Report.newBuilder().setCreatedMillis(System.currentTimeMillis()));
      Sender sender = new Sender(agent.agentId(), SCHOOL);
      log.keep(List.of(new Received(sender, System.currentTimeMillis(), false, report)));
    }
    Path file = folder.resolve("proof.zip");
    AuditEntry proof = changes("proof", "proof", "--school", SCHOOL, "-o", file.toString());
    assertThat(proof.subject()).isEqualTo(SCHOOL);
    String print = HexFormat.of().formatHex(key.publicKey());
    assertThat(Commands.run("verify", file.toString(), "--key", print)).isZero();
    assertThat(Commands.run("verify", file.toString(), "--key", "0".repeat(64))).isEqualTo(1);
    assertThat(Commands.run("verify", file.toString(), "--key", "0")).isEqualTo(1);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(Commands.run("verify", file.toString())).isEqualTo(1);
    assertThat(Commands.run("verify", folder.resolve("none.zip").toString())).isEqualTo(1);
    assertThat(run("evidence")).isZero();
  }

  /** A snapshot and a document of it, each with an entry of its own. */
  private void reports() throws Exception {
    tried.add("report");
    int before = entries().size();
    for (String ending : List.of("pdf", "xlsx", "csv", "json")) {
      Path file = folder.resolve("sheet." + ending);
      assertThat(run("report", "self-check", "--school", SCHOOL, "-o", file.toString())).isZero();
      assertThat(Files.size(file)).isPositive();
    }
    List<AuditEntry> now = entries();
    assertThat(now).hasSize(before + 8);
    assertThat(now.subList(0, 2))
        .extracting(AuditEntry::action)
        .containsExactly("document.make", "snapshot.make");
    assertThat(run("report", "self-check", "--school", "none", "-o", "x.pdf")).isEqualTo(1);
  }

  private String example(String name) {
    return ROOT.resolve("config/examples/" + name).toString();
  }

  @Test
  void everyCommandThatChangesSomethingIsWrittenDown() throws Exception {
    imports();
    accounts();
    agents();
    discovered();
    maintenance();
    changes("judge", "judge", "--school", SCHOOL);
    proofs();
    reports();
    AuditEntry backup = changes("backup", "backup", folder.resolve("kept").toString());
    assertThat(backup.subject()).isEqualTo("kept");
    changes("move-register", "register.move", "--to", folder.resolve("other.sqlite").toString());
    restored();
    Set<String> all = new TreeSet<>(LOOKING);
    all.addAll(tried);
    all.addAll(ELSEWHERE);
    assertThat(leaves(new CommandLine(Commands.class), ""))
        .as("a new command is looked at here, or named as one that changes nothing")
        .isEqualTo(all);
  }

  private static Set<String> leaves(CommandLine line, String before) {
    Set<String> leaves = new TreeSet<>();
    line.getSubcommands()
        .forEach(
            (name, sub) -> {
              boolean leaf = sub.getSubcommands().isEmpty();
              leaves.addAll(leaf ? Set.of(before + name) : leaves(sub, before + name + " "));
            });
    return leaves;
  }

  private void imports() throws Exception {
    for (String what : List.of("regions", "schools", "classes", "devices", "lines", "declared")) {
      String file = example(what + ".csv");
      int before = Files.exists(folder.resolve("data/register.sqlite")) ? entries().size() : 0;
      assertThat(run("import", what, file, "--dry-run")).isZero();
      assertThat(entries()).as("a dry run changes nothing").hasSize(before);
      AuditEntry entry = changes("import", "import." + what, what, file);
      assertThat(entry.subject()).isEqualTo(what + ".csv");
      assertThat(entry.detail()).containsPattern("\"added\":[1-9]");
    }
    Path bad = Files.writeString(folder.resolve("bad.csv"), "code,name\n1,2\n");
    int before = entries().size();
    assertThat(run("import", "schools", bad.toString())).isEqualTo(1);
    assertThat(entries()).as("what was refused is not told").hasSize(before);
    Path outlines =
        Files.writeString(
            folder.resolve("outlines.geojson"),
            """
            {"type": "FeatureCollection", "features": [{"type": "Feature",
              "properties": {"code": "440307001"}, "geometry": {"type": "Polygon",
              "coordinates": [[[114.1, 22.6], [114.4, 22.6], [114.4, 22.8], [114.1, 22.6]]]}}]}
            """);
    changes("import", "import.boundaries", "boundaries", outlines.toString(), "--unapproved");
  }

  private void accounts() throws Exception {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("correct-Horse-7\n".getBytes(StandardCharsets.UTF_8)));
    try {
      changes("accounts add", "account.add", "--name", "li", "--role", "ADMINISTRATOR");
    } finally {
      System.setIn(before);
    }
  }

  private void agents() throws Exception {
    AuditEntry codes = changes("agents code", "agent.code", "--region", "440307");
    assertThat(codes.detail()).containsPattern("\"codes\":[1-9]");
    AgentKey key = AgentKey.generate();
    try (Database database = open()) {
      Agents agents = new Agents(database.jdbi(), Clock.systemUTC(), new SecureRandom());
      agents.redeem(
          agents.issueCode(SCHOOL, Agents.DEFAULT_VALIDITY),
          key.publicKey(),
          AgentToken.issue(key, Clock.systemUTC().instant()));
      assertThat(agents.hold(key.agentId(), "10.0.0.1 and 10.0.0.2")).isTrue();
    }
    changes("agents release", "agent.release", key.agentId());
    changes("agents config", "agent.config", key.agentId(), "--from-register");
    changes("agents config", "agent.config.clear", key.agentId(), "--clear");
    int before = entries().size();
    assertThat(run("agents", "config", key.agentId())).isZero();
    assertThat(entries()).hasSize(before);
    AuditEntry foreign = changes("agents add-foreign", "agent.foreign", "--school", SCHOOL);
    assertThat(foreign.detail()).contains("\"agent\"").doesNotContain("password");
    changes("agents revoke", "agent.revoke", key.agentId());
    assertThat(run("agents", "revoke", key.agentId())).isEqualTo(1);
    assertThat(entries().get(0).action()).isEqualTo("agent.revoke");
  }

  private void discovered() {
    try (Database database = open()) {
      Clock clock = Clock.systemUTC();
      DiscoveryQueue queue =
          new DiscoveryQueue(
              database, new Registry(database), new AuditLog(database.jdbi(), clock), clock);
      for (int i = 1; i <= 2; i++) {
        Sighting sighting =
            Sighting.newBuilder()
                .setTimeMillis(clock.millis())
                .setMac("00:1b:54:00:00:0" + i)
                .setAddress("10.9.0." + i)
                .addFoundBy("arp")
                .build();
        queue.note(SCHOOL, List.of(sighting));
      }
      assertThat(queue.list(SCHOOL, Discovered.State.NEW)).hasSize(2);
    }
    AuditEntry approved =
        changes(
            "discovered approve", "discovered.approve", "1", "--kind", "switch", "--name", "s9");
    assertThat(approved.subject()).contains("switch:s9");
    changes("discovered ignore", "discovered.ignore", "2");
  }

  private void maintenance() {
    changes(
        "maintenance add",
        "maintenance.add",
        "--school",
        SCHOOL,
        "--from",
        "2026-11-20T14:00",
        "--to",
        "2099-11-20T15:00",
        "--reason",
        "new switch");
    try (Database database = open()) {
      assertThat(new MaintenanceWindows(database).touched()).hasSize(1);
    }
    changes("maintenance end", "maintenance.end", "--id", "1");
  }

  /** Into another folder, whose register then says so beside all that it said before. */
  private void restored() throws Exception {
    List<AuditEntry> before = entries();
    Path kept = folder.resolve("kept");
    Files.move(folder.resolve("data"), folder.resolve("old"));
    tried.add("restore");
    assertThat(run("restore", kept.toString())).isZero();
    List<AuditEntry> after = entries();
    assertThat(after.get(0).action()).isEqualTo("restore");
    assertThat(after.get(0).detail()).contains("observations");
    assertThat(before).containsAll(after.subList(1, after.size()));
  }
}

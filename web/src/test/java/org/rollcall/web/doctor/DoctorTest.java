package org.rollcall.web.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.Collector;
import org.rollcall.collector.ServerLock;
import org.rollcall.collector.archive.BackupRequests;
import org.rollcall.collector.archive.BackupRequests.State;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.identity.ServerIdentity;
import org.rollcall.web.doctor.Finding.Status;

/** Each fault is caused for real. */
class DoctorTest {
  private static final Path ROOT = Path.of(System.getProperty("rollcall.root", ".."));
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path folder;
  private Path data;
  private Path config;

  @BeforeEach
  void healthy() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    config = folder.resolve("server.yaml");
    settings("{port: 0}", "{sync: true, minFree: 1MiB}", "GD-2010-18");
    ServerIdentity.open(data, List.of(), CLOCK);
    try (Database database = Database.open(Collector.registerFile(data))) {
      backedUp(database, CLOCK);
    }
  }

  private static void backedUp(Database database, Clock at) {
    BackupRequests requests = new BackupRequests(database, at);
    requests.tell(requests.add(Path.of("/b"), Path.of("/s"), State.RUNNING), State.DONE, "made");
  }

  private void settings(String http, String store, String profile) throws IOException {
    String text =
        """
        data: data
        http: %s
        mqtt: {tls: {bind: 127.0.0.1, port: 0}}
        store: %s
        calendar: %s
        targets: %s
        profile: %s
        """;
    Files.writeString(
        config,
        text.formatted(
            http,
            store,
            ROOT.resolve("config/calendars").toAbsolutePath(),
            ROOT.resolve("config/targets").toAbsolutePath(),
            profile));
  }

  private List<String> found(Status status) {
    return new Doctor(config, CLOCK)
        .look().stream().filter(f -> f.status() == status).map(Finding::code).toList();
  }

  @Test
  void findsNothingWrongWithAStoppedServer() {
    assertThat(found(Status.FAIL)).isEmpty();
    assertThat(found(Status.WARN)).containsExactly("server-stopped");
    assertThat(found(Status.OK))
        .contains("register-good", "disk-good", "certificate-good", "backup-good", "targets-good");
  }

  @Test
  void badSettings() throws IOException {
    Files.writeString(config, "data: data\nnonsense: 1\n");
    assertThat(found(Status.FAIL)).containsExactly("settings-bad");
  }

  @Test
  void aProfileThatIsNotThere() throws IOException {
    settings("{port: 0}", "{sync: true, minFree: 1MiB}", "NO-SUCH");
    assertThat(found(Status.FAIL)).containsExactly("profile-missing");
  }

  @Test
  void badCalendarsAndTargets() throws IOException {
    Path bad = Files.createDirectory(folder.resolve("bad"));
    Files.writeString(bad.resolve("bad.yaml"), "nonsense: [");
    Files.writeString(config, "data: data\ncalendar: bad\ntargets: bad\n");
    assertThat(found(Status.FAIL)).contains("calendars-bad", "targets-bad");
  }

  @Test
  void alertsThatReachNobody() throws IOException {
    settings("{port: 0}", "{sync: true, minFree: 1MiB}", "GD-2010-18");
    String base = Files.readString(config);
    Path rules = ROOT.resolve("config/alerts").toAbsolutePath();
    Files.writeString(config, base + "alerts: {rules: " + rules + ", duty: duty.yaml}\n");
    Path duty = Files.writeString(folder.resolve("duty.yaml"), "people: []\n");
    assertThat(found(Status.WARN)).contains("alerts-to-nobody");
    Files.writeString(duty, "ways: [{id: w, steps: [{channels: [bot]}]}]\n");
    assertThat(found(Status.FAIL)).containsExactly("channels-missing");
    Files.writeString(duty, "ways: [{id: w, steps: []}]\n");
    assertThat(found(Status.FAIL)).containsExactly("alerts-bad");
    Files.writeString(
        config,
        base
            + "alerts: {rules: "
            + rules
            + ", duty: duty.yaml}\nchannels: [{name: bot, kind: wecom, url: 'http://a/b'}]\n");
    Files.writeString(duty, "ways: [{id: w, steps: [{channels: [bot]}]}]\n");
    assertThat(found(Status.OK)).contains("alerts-good");
  }

  @Test
  void anUnfinishedRestore() throws IOException {
    Files.createFile(data.resolve("restore-unfinished"));
    assertThat(found(Status.FAIL)).containsExactly("restore-unfinished");
  }

  @Test
  void aFullDisk() throws IOException {
    settings("{port: 0}", "{sync: true, minFree: 900000GiB}", "GD-2010-18");
    assertThat(found(Status.FAIL)).containsExactly("disk-low");
  }

  @Test
  void aRegisterThatIsNone() throws IOException {
    Files.writeString(data.resolve("register.sqlite"), "no database at all".repeat(100));
    Files.deleteIfExists(data.resolve("register.sqlite-wal"));
    assertThat(found(Status.FAIL)).containsExactly("register-bad");
  }

  @Test
  void aRegisterWithADamagedPage() throws IOException {
    Path register = data.resolve("register.sqlite");
    byte[] bytes = Files.readAllBytes(register);
    // Every page after the third, so that the schema is read and a table's tree is not.
    Arrays.fill(bytes, 4_096 * 8, bytes.length, (byte) 0x5a);
    Files.write(register, bytes);
    assertThat(found(Status.FAIL)).contains("register-bad");
  }

  @Test
  void aKeyThatOthersMayRead() throws IOException {
    Files.setPosixFilePermissions(
        ServerIdentity.keyFile(data), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(found(Status.FAIL)).containsExactly("key-open");
  }

  @Test
  void aDamagedKey() throws IOException {
    Files.writeString(ServerIdentity.keyFile(data), "no key");
    assertThat(found(Status.FAIL)).containsExactly("key-bad");
  }

  @Test
  void aPortThatSomebodyHas() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      settings("{port: " + other.getLocalPort() + "}", "{minFree: 1MiB}", "GD-2010-18");
      assertThat(found(Status.FAIL)).containsExactly("port-taken");
      assertThat(found(Status.WARN)).contains("sync-off");
    }
  }

  @Test
  void aServerThatDoesNotAnswer() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    settings("{port: " + port + "}", "{sync: true, minFree: 1MiB}", "GD-2010-18");
    try (ServerLock running = ServerLock.take(data)) {
      assertThat(running).isNotNull();
      assertThat(found(Status.FAIL)).containsExactly("server-silent");
    }
  }

  @Test
  void anInfluxDbThatIsAway() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    settings(
        "{port: 0}",
        "{kind: influx, minFree: 1MiB, influx: {url: 'http://127.0.0.1:" + port + "'}}",
        "GD-2010-18");
    assertThat(found(Status.FAIL)).containsExactly("store-away");
  }

  @Test
  void anOldBackupAndNone() throws IOException {
    Files.delete(data.resolve("register.sqlite"));
    assertThat(found(Status.WARN)).contains("register-missing");
    try (Database database = Database.open(Collector.registerFile(data))) {
      assertThat(found(Status.WARN)).contains("backup-none");
      backedUp(database, Clock.offset(CLOCK, Duration.ofDays(-8)));
      assertThat(found(Status.WARN)).contains("backup-old");
    }
  }

  @Test
  void bothLanguagesSayTheSameThings() {
    String name = "org.rollcall.web.doctor.messages";
    TreeSet<String> english = new TreeSet<>(ResourceBundle.getBundle(name, Locale.ROOT).keySet());
    ResourceBundle chinese = ResourceBundle.getBundle(name, Locale.SIMPLIFIED_CHINESE);
    for (String key : english) {
      assertThat(chinese.getString(key)).as(key).containsPattern("[\\u4e00-\\u9fff]|^\\{0}$");
    }
  }
}

package org.rollcall.agent.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.agent.Daemon;
import org.rollcall.agent.LocalPort;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credential.Auth;
import org.rollcall.agent.probe.Credential.Privacy;
import org.rollcall.protocol.v1.Observation;

/** SNMPv3 against Debian's snmpd, with a user of every kind that it supports. */
class SnmpUserIT {

  private static final String AUTH_PASSWORD = "auth-maplesyrup";
  private static final String PRIVACY_PASSWORD = "priv-maplesyrup";

  @TempDir static Path work;

  private static Daemon daemon;
  private static int port;
  private static SnmpSession session;

  /** One user: its name says what it has. */
  record User(@Nullable Auth auth, @Nullable Privacy privacy) {
    String name() {
      return auth == null
          ? "nobody"
          : (auth + (privacy == null ? "" : "-" + privacy)).toLowerCase(Locale.ROOT);
    }

    Credential credential() {
      return new Credential(
          null,
          name(),
          auth,
          auth == null ? null : AUTH_PASSWORD,
          privacy,
          privacy == null ? null : PRIVACY_PASSWORD,
          null);
    }

    /** snmpd's names: SHA for SHA-1, SHA-256 and so on; AES-192-C for Cisco's keys. */
    String line() {
      if (auth == null) {
        return "createUser nobody\nrouser nobody noauth\n";
      }
      String digest = auth == Auth.SHA1 ? "SHA" : auth.name().replace("SHA", "SHA-");
      String line = "createUser " + name() + " " + digest + " " + AUTH_PASSWORD;
      if (privacy != null) {
        line += " " + cipher(privacy) + " " + PRIVACY_PASSWORD;
      }
      return line + "\nrouser " + name() + (privacy == null ? " auth\n" : " priv\n");
    }

    private static String cipher(Privacy privacy) {
      return switch (privacy) {
        case DES -> "DES";
        case AES128 -> "AES";
        case AES192 -> "AES-192";
        case AES192C -> "AES-192-C";
        case AES256 -> "AES-256";
        case AES256C -> "AES-256-C";
      };
    }

    @Override
    public String toString() {
      return name();
    }
  }

  static List<User> users() {
    List<User> users = new ArrayList<>();
    users.add(new User(null, null));
    for (Auth auth : Auth.values()) {
      users.add(new User(auth, null));
      for (Privacy privacy : Privacy.values()) {
        users.add(new User(auth, privacy));
      }
    }
    return users;
  }

  private static final String NAME = "0x80001f8803526f6c6c63616c6c";

  /** Starts it with what it remembers under a name, and an engine id. */
  private static Daemon start(String name, String engine) throws IOException {
    StringBuilder settings =
        new StringBuilder(
            "agentaddress udp:127.0.0.1:" + port + "\nexactEngineID " + engine + "\n");
    users().forEach(user -> settings.append(user.line()));
    Path file = Files.writeString(work.resolve("snmpd.conf"), settings);
    ProcessBuilder command =
        new ProcessBuilder(
            "/usr/sbin/snmpd", "-f", "-Lo", "-C", "-c", file.toString(), "-I", "-smux");
    command.environment().put("SNMP_PERSISTENT_DIR", work.resolve(name).toString());
    return Daemon.start(command, work.resolve(name + ".log"));
  }

  @BeforeAll
  static void startTheDaemon() throws IOException {
    port = LocalPort.udp();
    daemon = start("state", NAME);
    session = new SnmpSession(Clock.systemUTC());
    session.start();
    awaitTheDaemon();
  }

  /** By a session of its own, so that nothing is learnt for the others. */
  private static void awaitTheDaemon() {
    SnmpSession other = new SnmpSession(Clock.systemUTC());
    other.start();
    SnmpDevice any = device(other, port, new User(Auth.SHA256, Privacy.AES128).credential(), 200);
    await("snmpd answers")
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              daemon.mustBeAlive();
              return LocalDevice.await(any.get(Oids.SYS_UP_TIME)).fault() == null;
            });
    other.close();
  }

  @AfterAll
  static void stop() {
    session.close();
    daemon.close();
  }

  private static SnmpDevice device(Credential credential, long timeoutMillis) {
    return device(session, port, credential, timeoutMillis);
  }

  private static SnmpDevice device(
      SnmpSession through, int port, Credential credential, long timeoutMillis) {
    SnmpSettings settings = SnmpSettings.of(null, Duration.ofMillis(timeoutMillis), 0);
    return LocalDevice.at(
        through, Clock.systemUTC(), port, new UserAccess(through, credential, settings), settings);
  }

  private static Observation look(SnmpDevice device) {
    return LocalDevice.look(new HostProbe("switch:core", Duration.ofSeconds(60), device));
  }

  @ParameterizedTest
  @MethodSource("users")
  void everyKindOfUserIsAnswered(User user) {
    Observation seen = look(device(user.credential(), 30_000));
    assertThat(seen.getReason()).isEmpty();
    assertThat(seen.getMeasuresMap()).containsEntry("up", 1.0).containsKey("uptimeSeconds");
  }

  private static Credential with(
      String user, Auth auth, String authPassword, Privacy privacy, String privacyPassword) {
    return new Credential(null, user, auth, authPassword, privacy, privacyPassword, null);
  }

  private static String reason(Credential credential) {
    return look(device(credential, 5_000)).getReason();
  }

  @Test
  void whatIsWrongWithAUserIsSaidEachInItsOwnWay() {
    String good = new User(Auth.SHA256, Privacy.AES128).name();
    assertThat(reason(with("none", Auth.SHA256, AUTH_PASSWORD, Privacy.AES128, PRIVACY_PASSWORD)))
        .isEqualTo("unknown-user");
    assertThat(reason(with(good, Auth.SHA256, "not-the-one", Privacy.AES128, PRIVACY_PASSWORD)))
        .isEqualTo("wrong-digest");
    assertThat(reason(with(good, Auth.SHA512, AUTH_PASSWORD, Privacy.AES128, PRIVACY_PASSWORD)))
        .isEqualTo("wrong-digest");
    assertThat(reason(with(good, Auth.SHA256, AUTH_PASSWORD, Privacy.AES128, "not-the-one")))
        .isEqualTo("wrong-privacy");
    assertThat(reason(new Credential(null, good, Auth.SHA256, AUTH_PASSWORD, null, null, null)))
        .isEqualTo("no-access");
    assertThat(
            reason(
                with(
                    new User(Auth.SHA1, null).name(),
                    Auth.SHA1,
                    AUTH_PASSWORD,
                    Privacy.AES128,
                    PRIVACY_PASSWORD)))
        .isEqualTo("unsupported-security-level");
  }

  @Test
  void aDeviceThatRefusesWhoAsksIsThere() {
    Observation seen =
        look(device(with("none", Auth.MD5, AUTH_PASSWORD, Privacy.DES, PRIVACY_PASSWORD), 5_000));
    assertThat(seen.getMeasuresMap()).containsEntry("up", 1.0).hasSize(1);
  }

  @Test
  void aWrongPasswordDoesNotSpoilTheOthers() {
    SnmpDevice right = device(new User(Auth.SHA1, Privacy.AES128).credential(), 30_000);
    assertThat(look(right).getReason()).isEmpty();
    SnmpDevice wrong =
        device(
            with(
                new User(Auth.SHA1, Privacy.AES128).name(),
                Auth.SHA1,
                "not-the-one",
                Privacy.AES128,
                PRIVACY_PASSWORD),
            5_000);
    assertThat(look(wrong).getReason()).isEqualTo("wrong-digest");
    assertThat(look(right).getReason()).isEmpty();
    assertThat(session.pending()).isZero();
  }

  @Test
  void aKnownEngineCostsOneMessage() {
    SnmpDevice device = device(new User(Auth.SHA256, Privacy.AES256).credential(), 30_000);
    look(device);
    LocalKeys.Pair keys =
        session.usm().keys(new User(Auth.SHA256, Privacy.AES256).credential(), engine());
    look(device);
    assertThat(session.usm().keys(new User(Auth.SHA256, Privacy.AES256).credential(), engine()))
        .isSameAs(keys);
  }

  private static byte[] engine() {
    byte[] id =
        session
            .usm()
            .engineAt(new org.snmp4j.smi.UdpAddress(InetAddress.getLoopbackAddress(), port));
    assertThat(id).isNotNull();
    return id == null ? new byte[0] : id;
  }

  @Test
  void anEngineThatStartedAgainIsAnsweredInTheSameLook() throws IOException {
    SnmpDevice device = device(new User(Auth.SHA512, Privacy.AES128).credential(), 5_000);
    assertThat(look(device).getReason()).isEmpty();
    daemon.close();
    daemon = start("state", NAME); // One boot more.
    awaitTheDaemon();
    assertThat(look(device).getReason()).isEmpty();

    daemon.close();
    daemon = start("forgetful", NAME); // It has lost its count.
    awaitTheDaemon();
    assertThat(look(device).getReason()).isEmpty();

    daemon.close();
    daemon = start("another", "0x80001f8803616e6f74686572"); // Another device at its place.
    awaitTheDaemon();
    assertThat(look(device).getReason()).isEmpty();
  }

  @Test
  void tablesAreWalkedByVersion3Too() {
    SnmpDevice device = device(new User(Auth.SHA256, Privacy.AES128).credential(), 30_000);
    InterfaceTable table = LocalDevice.await(InterfaceTable.read(device));
    assertThat(table.reason()).isEmpty();
    assertThat(table.interfaces()).extracting(InterfaceTable.Interface::name).contains("lo");
  }

  /** Stands between, and sends every answer of the past before the right one. */
  private static void replay(DatagramSocket between) {
    List<byte[]> past = new ArrayList<>();
    try (DatagramSocket inner = new DatagramSocket()) {
      inner.setSoTimeout(30_000);
      byte[] buffer = new byte[65_535];
      while (!between.isClosed()) {
        DatagramPacket asked = new DatagramPacket(buffer, buffer.length);
        between.receive(asked);
        inner.send(
            new DatagramPacket(
                asked.getData(), asked.getLength(), InetAddress.getLoopbackAddress(), port));
        byte[] space = new byte[65_535];
        DatagramPacket answer = new DatagramPacket(space, space.length);
        inner.receive(answer);
        past.add(Arrays.copyOf(answer.getData(), answer.getLength()));
        for (byte[] bytes : past) {
          between.send(new DatagramPacket(bytes, bytes.length, asked.getSocketAddress()));
        }
      }
    } catch (IOException closed) {
      assertThat(between.isClosed()).isTrue();
    }
  }

  @Test
  void aReplayedAnswerIsNotTakenForTheRightOne() throws IOException {
    try (DatagramSocket between = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread relay = new Thread(() -> replay(between), "relay");
      relay.setDaemon(true);
      relay.start();
      SnmpDevice device =
          device(
              session,
              between.getLocalPort(),
              new User(Auth.SHA384, Privacy.AES128).credential(),
              30_000);
      double before = 0;
      for (int i = 0; i < 5; i++) {
        Answer answer = LocalDevice.await(device.get(Oids.SYS_UP_TIME, Oids.IF_TABLE_LAST_CHANGE));
        assertThat(answer.fault()).isNull();
        Long ticks = answer.ticks(Oids.SYS_UP_TIME);
        assertThat(ticks).isNotNull();
        double now = ticks == null ? 0 : ticks;
        assertThat(now).isGreaterThanOrEqualTo(before);
        before = now;
        assertThat(look(device(new User(Auth.MD5, null).credential(), 30_000)).getReason())
            .isEmpty();
      }
    }
  }
}

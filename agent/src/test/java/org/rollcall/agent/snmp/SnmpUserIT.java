package org.rollcall.agent.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

  private static Daemon start(String name) throws IOException {
    StringBuilder settings = new StringBuilder("agentaddress udp:127.0.0.1:" + port + "\n");
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
    daemon = start("state");
    session = new SnmpSession(Clock.systemUTC());
    session.start();
    awaitTheDaemon();
  }

  private static void awaitTheDaemon() {
    SnmpDevice any = device(new User(Auth.SHA256, Privacy.AES128).credential(), 200);
    await("snmpd answers")
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              daemon.mustBeAlive();
              return LocalDevice.await(any.get(Oids.SYS_UP_TIME)).fault() == null;
            });
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
}

package org.rollcall.agent.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.agent.enrolment.EnrolmentException.Reason;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.agent.uplink.ScriptedServer;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.AgentTokenCheck;
import org.rollcall.protocol.EnrolmentCode;
import org.rollcall.protocol.ReportChain;

class EnrolmentTest {
  private static final String ANY_PIN = "ab".repeat(32);

  @TempDir private Path folder;
  private final AgentKey key = AgentKey.generate();
  private final NetworkThreads network = new NetworkThreads(1);
  private final Enrolment plain = new Enrolment(network, Clock.systemUTC(), false);

  @SuppressWarnings("NullAway.Init")
  private ScriptedServer server;

  @BeforeEach
  void startServer() {
    network.start();
    server = new ScriptedServer().start();
  }

  @AfterEach
  void stopAll() {
    server.close();
    network.close();
  }

  @Test
  void aGoodCodeBindsTheAgentToItsSchool() throws Exception {
    accept();
    AgentIdentity identity = plain.enrol(code(ANY_PIN), key);

    assertThat(identity.agent()).isEqualTo(key.agentId());
    assertThat(identity.school()).isEqualTo("0440001");
    assertThat(identity.schoolName()).isEqualTo("第一\"小学\"");
    assertThat(identity.target(true).serverKeySha256()).isEqualTo(ANY_PIN);
  }

  @Test
  void theServerSeesTheSecretTheKeyAndTheProofThatItIsHere() throws Exception {
    accept();
    plain.enrol(code(ANY_PIN), key);

    MqttConnectMessage connect = server.connects.get(0);
    assertThat(connect.payload().clientIdentifier()).isEmpty();
    assertThat(connect.payload().userName()).isEqualTo("enrol");
    assertThat(connect.payload().passwordInBytes())
        .isEqualTo("s3cret".getBytes(StandardCharsets.UTF_8));
    byte[] shown = Base64.getUrlDecoder().decode(property(connect, "key"));
    assertThat(shown).isEqualTo(key.publicKey());
    assertThat(
            AgentTokenCheck.fault(
                property(connect, "proof"),
                AgentKey.publicKeyOf(shown),
                key.agentId(),
                Instant.now()))
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "code already used,CODE_USED,was already used",
    "code expired,CODE_EXPIRED,has expired",
    "unknown code,CODE_UNKNOWN,does not know this enrolment code",
    "key does not match its proof,KEY_REFUSED,clock of this machine",
    "too many attempts,REFUSED,0x86 too many attempts"
  })
  void aRefusalIsExplained(String reasonString, Reason reason, String sentence) {
    MqttProperties said = new MqttProperties();
    said.add(new MqttProperties.StringProperty(MqttProperties.REASON_STRING, reasonString));
    server.connAck(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD, said);

    assertFails(plain, code(ANY_PIN), reason, sentence);
  }

  @Test
  void aServerThatCannotBeReachedIsNamed() throws Exception {
    try (Socket held = new Socket()) {
      held.bind(
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), 0)); // kept from others, and not listened on
      EnrolmentCode code = new EnrolmentCode("127.0.0.1", held.getLocalPort(), ANY_PIN, "s3cret");

      assertFails(plain, code, Reason.UNREACHABLE, "127.0.0.1:" + held.getLocalPort());
    }
  }

  @Test
  void aServerThatEnrolsNobodyIsNotTrusted() {
    assertFails(plain, code(ANY_PIN), Reason.REFUSED, "does not enrol agents");
  }

  @Test
  void overTlsTheServerMustShowTheKeyInTheCode() throws Exception {
    KeyStore store = serverKey();
    server.close();
    server = new ScriptedServer(serverTls(store)).start();
    accept();
    Enrolment overTls = new Enrolment(network, Clock.systemUTC(), true);
    String pin =
        HexFormat.of()
            .formatHex(
                ReportChain.sha256(store.getCertificate("server").getPublicKey().getEncoded()));

    assertThat(overTls.enrol(code(pin), key).school()).isEqualTo("0440001");
    assertFails(overTls, code(ANY_PIN), Reason.WRONG_FINGERPRINT, "is not the one the code");
  }

  @Test
  void tlsWithAPlainServerIsExplained() {
    Enrolment overTls = new Enrolment(network, Clock.systemUTC(), true);

    assertFails(overTls, code(ANY_PIN), Reason.NO_ANSWER, "did not answer as a Rollcall server");
  }

  @Test
  void theIdentityAndItsKeyAreReadBackAsTheyWereKept() throws Exception {
    accept();
    AgentIdentity identity = plain.enrol(code(ANY_PIN), key);
    IdentityFolder kept = new IdentityFolder(folder.resolve("data"));
    kept.prepare(false);
    kept.keep(identity, key);

    assertThat(kept.identity()).isEqualTo(identity);
    assertThat(kept.key(identity).publicKey()).isEqualTo(key.publicKey());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(kept.folderOf(identity).resolve("key.pem"))))
        .isEqualTo("rw-------");
  }

  @Test
  void anEnrolledAgentIsNotEnrolledAgainWithoutReplace() throws Exception {
    IdentityFolder kept = new IdentityFolder(folder);
    kept.keep(new AgentIdentity("h", 1, ANY_PIN, key.agentId(), "1", null), key);

    assertThat(
            catchThrowableOfType(EnrolmentException.class, () -> kept.prepare(false)).getMessage())
        .contains("--replace");
    kept.prepare(true);
  }

  @Test
  void anAgentWithoutIdentityIsToldHowToGetOne() {
    assertThat(
            catchThrowableOfType(
                    EnrolmentException.class, () -> new IdentityFolder(folder).identity())
                .getMessage())
        .contains("agent enrol CODE");
  }

  @Test
  void aKeyOfAnotherAgentIsRefused() throws Exception {
    IdentityFolder kept = new IdentityFolder(folder);
    AgentIdentity identity = new AgentIdentity("h", 1, ANY_PIN, key.agentId(), "1", null);
    kept.keep(identity, AgentKey.generate());

    assertThat(
            catchThrowableOfType(EnrolmentException.class, () -> kept.key(identity)).getMessage())
        .contains("is not the key of agent");
  }

  private void accept() {
    MqttProperties answer = new MqttProperties();
    answer.add(
        new MqttProperties.StringProperty(
            MqttProperties.ASSIGNED_CLIENT_IDENTIFIER, key.agentId()));
    answer.add(new MqttProperties.UserProperty("school", "0440001"));
    answer.add(new MqttProperties.UserProperty("schoolName", "第一\"小学\""));
    server.connAck(MqttConnectReturnCode.CONNECTION_ACCEPTED, answer);
  }

  private EnrolmentCode code(String pin) {
    return new EnrolmentCode("127.0.0.1", server.port(), pin, "s3cret");
  }

  private void assertFails(Enrolment enrolment, EnrolmentCode code, Reason reason, String says) {
    EnrolmentException failure =
        catchThrowableOfType(EnrolmentException.class, () -> enrolment.enrol(code, key));
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.getMessage()).contains(says).doesNotContain("s3cret");
  }

  private static String property(MqttConnectMessage connect, String name) {
    for (MqttProperties.MqttProperty<?> property :
        connect.variableHeader().properties().getProperties(MqttProperties.USER_PROPERTY)) {
      if (property.value() instanceof MqttProperties.StringPair pair && pair.key.equals(name)) {
        return pair.value;
      }
    }
    throw new AssertionError("no user property " + name);
  }

  private KeyStore serverKey() throws Exception {
    Path file = folder.resolve("server.p12");
    List<String> keytool =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit",
            "-dname",
            "CN=somewhere else",
            "-keystore",
            file.toString());
    Process process = new ProcessBuilder(keytool).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0).as(said).isTrue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "changeit".toCharArray());
    }
    return store;
  }

  private static io.netty.handler.ssl.SslContext serverTls(KeyStore store) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, "changeit".toCharArray());
    return SslContextBuilder.forServer(keys).build();
  }
}

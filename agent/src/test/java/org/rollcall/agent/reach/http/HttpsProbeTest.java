package org.rollcall.agent.reach.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rollcall.agent.reach.Looks.assertDown;
import static org.rollcall.agent.reach.Looks.assertUp;
import static org.rollcall.agent.reach.Looks.entry;
import static org.rollcall.agent.reach.Looks.look;
import static org.rollcall.agent.reach.http.FakeWebServer.says;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;

/** Certificates are made here, by an authority that the probe trusts, or not. */
class HttpsProbeTest {
  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private static final Clock CLOCK = Clock.systemUTC();
  private static final NameLookup NAMES = new NameLookup(CLOCK);
  private static final String HOST = "www.edu.test";
  private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final Duration HALF_A_DAY = Duration.ofHours(12);

  @SuppressWarnings("NullAway.Init")
  private static X509Bundle authority;

  @TempDir private Path folder;

  @BeforeAll
  static void makeAnAuthority() throws Exception {
    authority = ofAnAuthority("CN=District CA", 3650).buildSelfSigned();
  }

  @AfterAll
  static void stop() {
    LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    NAMES.close();
  }

  private static CertificateBuilder valid(String name, int days) {
    Instant now = Instant.now();
    return new CertificateBuilder()
        .ecp256()
        .subject(name)
        .notBefore(now.minus(Duration.ofDays(100)))
        .notAfter(now.plus(Duration.ofDays(days)).plus(HALF_A_DAY));
  }

  private static CertificateBuilder ofAnAuthority(String name, int days) {
    return valid(name, days).setIsCertificateAuthority(true);
  }

  private static CertificateBuilder ofASite(String host, int days) {
    return valid("CN=" + host, days).addSanDnsName(host);
  }

  private static Probe probe(HttpProbes probes, String address, String... options) {
    Probe probe = probes.probe(entry("http", "service:teaching", address, options));
    probes.start();
    return probe;
  }

  private static HttpProbes trusting(X509Bundle root) {
    return new HttpProbes(
        LOOPS,
        NAMES,
        CLOCK,
        () -> (X509ExtendedTrustManager) root.toTrustManager(),
        Duration.ofSeconds(50));
  }

  private static Observation ask(X509Bundle shown) throws Exception {
    try (FakeWebServer server = FakeWebServer.secure(shown, says(GOOD))) {
      return look(probe(trusting(authority), server.address(), "host", HOST));
    }
  }

  private static void assertDays(Observation seen, int days) {
    assertThat(seen.getMeasuresMap()).containsEntry("certificateDays", (double) days);
  }

  @Test
  void aGoodCertificateGivesItsDays() throws Exception {
    Observation seen = ask(ofASite(HOST, 90).buildIssuedBy(authority));
    assertUp(seen);
    assertDays(seen, 90);
    assertThat(seen.getMeasuresMap())
        .containsOnlyKeys("up", "statusCode", "responseMillis", "certificateDays");
  }

  @Test
  void theFirstOfTheChainToExpireCounts() throws Exception {
    X509Bundle between = ofAnAuthority("CN=Between", 20).buildIssuedBy(authority);
    Observation seen = ask(ofASite(HOST, 90).buildIssuedBy(between));
    assertUp(seen);
    assertDays(seen, 20);
  }

  @Test
  void anExpiredCertificateGivesItsDaysToo() throws Exception {
    Observation seen = ask(ofASite(HOST, -10).buildIssuedBy(authority));
    assertDown(seen, "certificate-expired");
    assertDays(seen, -10);
    assertThat(seen.getMeasuresMap()).containsOnlyKeys("up", "certificateDays");
  }

  @Test
  void aSelfSignedCertificateIsUntrusted() throws Exception {
    Observation seen = ask(ofASite(HOST, 90).setIsCertificateAuthority(true).buildSelfSigned());
    assertDown(seen, "certificate-untrusted");
    assertDays(seen, 90);
  }

  @Test
  void whatTheRuntimeDoesNotKnowIsUntrusted() throws Exception {
    try (FakeWebServer server =
        FakeWebServer.secure(ofASite(HOST, 90).buildIssuedBy(authority), says(GOOD))) {
      HttpProbes probes = new HttpProbes(LOOPS, NAMES, CLOCK);
      assertDown(look(probe(probes, server.address(), "host", HOST)), "certificate-untrusted");
    }
  }

  @Test
  void aPrivateAuthorityIsTrustedBesidesTheRuntimesWhereTheEntryNamesItsFile() throws Exception {
    X509Bundle other = ofAnAuthority("CN=Province CA", 3650).buildSelfSigned();
    Path file =
        Files.writeString(
            folder.resolve("ca.pem"), other.getCertificatePEM() + authority.getCertificatePEM());
    String trust = "file:" + file;
    HttpProbes probes = new HttpProbes(LOOPS, NAMES, CLOCK);
    for (X509Bundle signer : List.of(authority, other)) {
      try (FakeWebServer server =
          FakeWebServer.secure(ofASite(HOST, 90).buildIssuedBy(signer), says(GOOD))) {
        assertUp(look(probe(probes, server.address(), "host", HOST, "trust", trust)));
        assertDown(look(probe(probes, server.address(), "host", HOST)), "certificate-untrusted");
        assertDown(look(probe(probes, server.address(), "trust", trust)), "wrong-host");
      }
    }
    X509Bundle third = ofAnAuthority("CN=Somebody", 3650).buildSelfSigned();
    try (FakeWebServer server =
        FakeWebServer.secure(ofASite(HOST, 90).buildIssuedBy(third), says(GOOD))) {
      assertDown(
          look(probe(probes, server.address(), "host", HOST, "trust", trust)),
          "certificate-untrusted");
    }
    HttpProbes knowing = trusting(third);
    try (FakeWebServer server =
        FakeWebServer.secure(ofASite(HOST, 90).buildIssuedBy(third), says(GOOD))) {
      assertUp(look(probe(knowing, server.address(), "host", HOST, "trust", trust)));
    }
  }

  @Test
  void aFileThatIsNotThereOrHoldsNoCertificatesIsToldBeforeAnythingStarts() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path words = Files.writeString(folder.resolve("words.pem"), "our authority\n");
    Path broken =
        Files.writeString(
            folder.resolve("broken.pem"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    Path large = Files.write(folder.resolve("large.pem"), new byte[256 * 1024 + 1]);
    refused("file:" + folder.resolve("gone.pem"), "there is no file " + folder.resolve("gone.pem"));
    refused("file:" + empty, empty + " holds no certificates");
    refused("file:" + words, words + " holds no certificates");
    refused("file:" + broken, broken + " holds no certificates");
    refused("file:" + large, large + " is larger than 256 KiB");
    refused("file:" + folder, folder + " cannot be read");
    refused("ca.pem", "write trust: file:ca.pem");
  }

  private static void refused(String trust, String sentence) {
    HttpProbes probes = new HttpProbes(LOOPS, NAMES, CLOCK);
    assertThatThrownBy(
            () -> probes.probe(entry("http", "service:course", "h.test", "trust", trust)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("service:course: trust")
        .hasMessageContaining(sentence);
  }

  @Test
  void anEntryThatComesWhenTheRestIsUnderWayFindsItsAuthorities() throws Exception {
    HttpProbes probes = trusting(authority);
    probes.start();
    try (FakeWebServer server =
        FakeWebServer.secure(ofASite(HOST, 90).buildIssuedBy(authority), says(GOOD))) {
      assertUp(look(probes.probe(entry("http", "service:course", server.address(), "host", HOST))));
    }
  }

  @Test
  void aCertificateOfAnotherSiteIsOfTheWrongHost() throws Exception {
    Observation seen = ask(ofASite("www.bank.test", 90).buildIssuedBy(authority));
    assertDown(seen, "wrong-host");
    assertDays(seen, 90);
  }

  @Test
  void anAddressMustStandInTheCertificateLikeAName() throws Exception {
    X509Bundle named = ofASite(HOST, 90).addSanIpAddress("127.0.0.1").buildIssuedBy(authority);
    try (FakeWebServer server = FakeWebServer.secure(named, says(GOOD))) {
      assertUp(look(probe(trusting(authority), server.address())));
    }
    try (FakeWebServer server =
        FakeWebServer.secure(ofASite(HOST, 90).buildIssuedBy(authority), says(GOOD))) {
      assertDown(look(probe(trusting(authority), server.address())), "wrong-host");
    }
  }

  @Test
  void aRedirectionKeepsTheShortestLife() throws Exception {
    try (FakeWebServer last =
            FakeWebServer.secure(ofASite("localhost", 300).buildIssuedBy(authority), says(GOOD));
        FakeWebServer first =
            FakeWebServer.secure(
                ofASite(HOST, 30).buildIssuedBy(authority),
                says(
                    "HTTP/1.1 301 Moved\r\nLocation: https://localhost:@/\r\n\r\n"
                        .replace("@", Integer.toString(last.port()))))) {
      Observation seen = look(probe(trusting(authority), first.address(), "host", HOST));
      assertUp(seen);
      assertDays(seen, 30);
      assertThat(last.requests).hasSize(1);
    }
  }

  @Test
  void whoSpeaksNoTlsIsNamed() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread plain =
          new Thread(
              () -> {
                try (Socket socket = server.accept()) {
                  FakeWebServer.send(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
                  FakeWebServer.waitForTheEnd(socket);
                } catch (IOException closed) {
                  // the asker has hung up
                }
              });
      plain.setDaemon(true);
      plain.start();
      assertDown(
          look(probe(trusting(authority), "127.0.0.1:" + server.getLocalPort())), "tls-failed");
    }
  }

  @Test
  void aHandshakeThatNeverEndsIsATimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      HttpProbes impatient =
          new HttpProbes(
              LOOPS,
              NAMES,
              CLOCK,
              () -> (X509ExtendedTrustManager) authority.toTrustManager(),
              Duration.ofMillis(500));
      assertDown(look(probe(impatient, "127.0.0.1:" + silent.getLocalPort())), "timeout");
    }
  }
}

package org.rollcall.collector.store.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.parts.influx.InfluxServer;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** An influxd that asks for a login, over HTTPS with a certificate of its own. */
class InfluxLoginIT {
  private static final Instant T = Instant.parse("2026-03-02T08:00:00Z");

  @TempDir Path folder;

  @Test
  void aUserIsLetInAndAnybodyElseIsTold() throws Exception {
    InfluxServer server = InfluxServer.start(folder, InfluxServer.Options.USUAL);
    server.query("CREATE USER rollcall WITH PASSWORD 'se cret' WITH ALL PRIVILEGES");
    server.close();
    InfluxServer asking =
        InfluxServer.start(folder, new InfluxServer.Options(true, null, 25_000_000, false));
    try {
      assertKeeps(InfluxFixture.login(asking, "rollcall", "se cret", null));
      InfluxStore.Settings wrong = InfluxFixture.login(asking, "rollcall", "guess", null);
      assertThat(wrong.toString()).doesNotContain("guess");
      InfluxStore refused = new InfluxStore(wrong, Clock.systemUTC());
      assertThatThrownBy(refused::start)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("store.influx.username")
          .hasMessageNotContaining("guess");
      refused.close();
    } finally {
      asking.close();
    }
  }

  @Test
  void aCertificateOfThatAuthorityIsTrustedAndNoOther() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
    Path ca = folder.resolve("ca.pem");
    Path both = folder.resolve("both.pem");
    String certificate = pem("CERTIFICATE", certificate(keys).getEncoded());
    Files.writeString(ca, certificate);
    Files.writeString(both, certificate + pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    InfluxServer server =
        InfluxServer.start(folder, new InfluxServer.Options(false, both, 25_000_000, false));
    try {
      assertThat(server.url()).startsWith("https:");
      assertKeeps(secure(server, ca));
      InfluxStore mistrusting = new InfluxStore(secure(server, null), Clock.systemUTC());
      assertThatThrownBy(mistrusting::start).isInstanceOf(StoreUnavailableException.class);
      mistrusting.close();
      InfluxStore pointless = new InfluxStore(secure(server, folder), Clock.systemUTC());
      assertThatThrownBy(pointless::start)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("store.influx.ca");
      pointless.close();
    } finally {
      server.close();
    }
  }

  private static InfluxStore.Settings secure(InfluxServer server, @Nullable Path ca) {
    return new InfluxStore.Settings(
        server.url(),
        "r",
        null,
        null,
        ca,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        true,
        InfluxFixture.FOR_EVER);
  }

  private static void assertKeeps(InfluxStore.Settings settings) {
    try (InfluxStore store = new InfluxStore(settings, Clock.systemUTC())) {
      store.start();
      Observation seen =
          Observation.newBuilder()
              .setSubject("pc:a")
              .setTimeMillis(T.toEpochMilli())
              .putMeasures("up", 1)
              .build();
      Report report = Report.newBuilder().setAgent("a").addObservations(seen).build();
      store.write(List.of(new SchoolReport("s", report)));
      assertThat(store.range("s", "pc:a", T, T.plusSeconds(1))).containsExactly(seen);
    }
  }

  private static X509Certificate certificate(KeyPair keys) throws Exception {
    X500Principal name = new X500Principal("CN=127.0.0.1");
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.ONE,
            Date.from(now.minusSeconds(3_600)),
            Date.from(now.plusSeconds(86_400)),
            name,
            keys.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static String pem(String what, byte[] bytes) {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }
}

package org.rollcall.agent.reach.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificate authorities that an entry names, such as a province's own, trusted besides those of
 * the runtime. The file is PEM (RFC 7468) with one or more certificates, at most {@value
 * #MOST_BYTES} bytes; it is read when the settings are. Any thread.
 */
final class PrivateAuthorities {
  private static final String FILE = "file:";
  private static final long MOST_BYTES = 256 * 1024;

  private final List<X509Certificate> certificates;
  private @Nullable X509ExtendedTrustManager both;

  private PrivateAuthorities(List<X509Certificate> certificates) {
    this.certificates = certificates;
  }

  /**
   * Reads those that an entry names.
   *
   * @param text {@code file:PATH}
   * @throws IllegalArgumentException with a sentence for the person who wrote it
   */
  static PrivateAuthorities read(String text) {
    if (!text.startsWith(FILE)) {
      throw new IllegalArgumentException(
          "trust must name a file of certificates: write trust: file:ca.pem");
    }
    Path file;
    try {
      file = Path.of(text.substring(FILE.length()).strip());
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("trust: write file: and the path of a file", e);
    }
    List<X509Certificate> certificates = certificates(bytes(file));
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "trust: " + file + " holds no certificates: it must be PEM, as in BEGIN CERTIFICATE");
    }
    return new PrivateAuthorities(certificates);
  }

  /** None where one of them is broken. */
  private static List<X509Certificate> certificates(ByteArrayInputStream pem) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        certificates.add((X509Certificate) one);
      }
    } catch (CertificateException broken) {
      return List.of();
    }
    return certificates;
  }

  private static ByteArrayInputStream bytes(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException("trust: " + file + " is larger than 256 KiB");
      }
      return new ByteArrayInputStream(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("trust: there is no file " + file, e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "trust: " + file + " cannot be read: check that it is a file and its permissions", e);
    }
  }

  /** Trusts these and whom the runtime trusts; made once. */
  synchronized X509ExtendedTrustManager besides(X509ExtendedTrustManager runtime) {
    X509ExtendedTrustManager made = both;
    if (made == null) {
      try {
        made = manager(runtime);
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException("BUG: certificates that were read cannot be trusted", e);
      }
      both = made;
    }
    return made;
  }

  private X509ExtendedTrustManager manager(X509ExtendedTrustManager runtime)
      throws GeneralSecurityException, IOException {
    KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
    all.load(null, null);
    int number = 0;
    for (X509Certificate known : runtime.getAcceptedIssuers()) {
      all.setCertificateEntry("r" + number++, known);
    }
    for (X509Certificate own : certificates) {
      all.setCertificateEntry("p" + number++, own);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(all);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager known) {
        return known;
      }
    }
    throw new GeneralSecurityException("the runtime makes no trust manager");
  }
}

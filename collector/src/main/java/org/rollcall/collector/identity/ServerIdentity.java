package org.rollcall.collector.identity;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * The collector's TLS key (EC P-256) and self-signed certificate. Agents know the collector by the
 * key, through their enrolment code: whoever loses the key file must enrol every agent again, so it
 * belongs into the backup.
 */
public final class ServerIdentity {
  private static final String KEY_FILE = "server-key.pem";
  private static final String CERTIFICATE_FILE = "server-certificate.pem";
  private static final Duration VALIDITY = Duration.ofDays(365L * 20);
  private static final Duration CLOCKS_APART = Duration.ofDays(2);

  private final PrivateKey privateKey;
  private final X509Certificate certificate;

  private ServerIdentity(PrivateKey privateKey, X509Certificate certificate) {
    this.privateKey = privateKey;
    this.certificate = certificate;
  }

  /**
   * Loads the key and certificate from the folder, or makes them at the first start.
   *
   * @param names host names and IP addresses to put into a new certificate, for foreign clients
   * @throws IOException with a sentence if the files are damaged; they are left alone
   */
  public static ServerIdentity open(Path folder, List<String> names, Clock clock)
      throws IOException {
    Path keyFile = folder.resolve(KEY_FILE);
    Path certificateFile = folder.resolve(CERTIFICATE_FILE);
    try {
      if (!Files.exists(keyFile)) {
        create(folder, names, clock);
      }
      PrivateKey key = readKey(keyFile);
      X509Certificate certificate = readCertificate(certificateFile);
      return new ServerIdentity(key, certificate);
    } catch (GeneralSecurityException | OperatorCreationException | PEMException e) {
      throw new IOException(
          "The server's key in " + folder + " cannot be used: restore it from a backup.", e);
    }
  }

  public PrivateKey privateKey() {
    return privateKey;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** Where foreign clients find the certificate they may trust. */
  public static Path certificateFile(Path folder) {
    return folder.resolve(CERTIFICATE_FILE);
  }

  /** The file whose loss would mean to enrol every agent again. */
  public static Path keyFile(Path folder) {
    return folder.resolve(KEY_FILE);
  }

  /** SHA-256 of the certificate's SubjectPublicKeyInfo: what enrolment codes carry. */
  public byte[] spkiSha256() {
    return Secrets.sha256(certificate.getPublicKey().getEncoded());
  }

  /** The key goes last: while it is missing, nothing has been promised to anybody. */
  private static void create(Path folder, List<String> names, Clock clock)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Files.createDirectories(folder);
    write(folder.resolve(CERTIFICATE_FILE), pem(selfSigned(pair, names, clock)), "rw-r--r--");
    write(
        folder.resolve(KEY_FILE),
        pem(new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded())),
        "rw-------");
  }

  private static X509Certificate selfSigned(KeyPair pair, List<String> names, Clock clock)
      throws CertIOException, OperatorCreationException, GeneralSecurityException {
    X500Name subject = new X500Name("CN=Rollcall");
    Instant now = clock.instant();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minus(CLOCKS_APART)),
            Date.from(now.plus(VALIDITY)),
            subject,
            pair.getPublic());
    GeneralName[] alternatives =
        names.stream().map(ServerIdentity::generalName).toArray(GeneralName[]::new);
    if (alternatives.length > 0) {
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
    }
    X509CertificateHolder holder =
        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    return new JcaX509CertificateConverter().getCertificate(holder);
  }

  private static GeneralName generalName(String name) {
    boolean address = name.indexOf(':') >= 0 || name.matches("[0-9]+(\\.[0-9]+){3}");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }

  /** Whole or not at all, and never readable by others on the way. */
  private static void write(Path file, String text, String permissions) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    Files.createFile(
        temporary,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    Files.writeString(temporary, text, StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static PrivateKey readKey(Path file) throws IOException, GeneralSecurityException {
    if (parse(file) instanceof PrivateKeyInfo info) {
      return KeyFactory.getInstance("EC")
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }
    throw new GeneralSecurityException(file + " holds no private key");
  }

  private static X509Certificate readCertificate(Path file)
      throws IOException, GeneralSecurityException {
    if (parse(file) instanceof X509CertificateHolder holder) {
      return new JcaX509CertificateConverter().getCertificate(holder);
    }
    throw new GeneralSecurityException(file + " holds no certificate");
  }

  private static Object parse(Path file) throws IOException, GeneralSecurityException {
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
      Object object = parser.readObject();
      if (object == null) {
        throw new GeneralSecurityException(file + " is empty or no PEM file");
      }
      return object;
    }
  }
}

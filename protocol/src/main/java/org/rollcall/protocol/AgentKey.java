package org.rollcall.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An agent's Ed25519 key pair (RFC 8032). Made on the agent, and its private half never leaves it.
 * The agent's name follows from the public half, so that a name cannot be claimed without the key.
 */
public final class AgentKey {
  private static final String ALGORITHM = "Ed25519";
  private static final int RAW_BYTES = 32;
  private static final int NAME_CHARACTERS = 20;

  /** RFC 8410: what stands before the 32 raw bytes in an encoded Ed25519 public key. */
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String PEM_BEGIN_PUBLIC = "-----BEGIN PUBLIC KEY-----";

  private final PrivateKey privateKey;
  private final byte[] publicKey;

  private AgentKey(PrivateKey privateKey, byte[] publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  public static AgentKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new AgentKey(pair.getPrivate(), rawOf(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("BUG: every Java since 15 has Ed25519", e);
    }
  }

  /**
   * Reads a file written by {@link #save}.
   *
   * @throws IOException if the file cannot be read or holds no such key pair
   */
  public static AgentKey load(Path file) throws IOException {
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    try {
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      PrivateKey privateKey =
          factory.generatePrivate(new PKCS8EncodedKeySpec(section(pem, PEM_BEGIN)));
      byte[] publicKey =
          rawOf(factory.generatePublic(new X509EncodedKeySpec(section(pem, PEM_BEGIN_PUBLIC))));
      AgentKey key = new AgentKey(privateKey, publicKey);
      if (!verify(publicKey, publicKey, key.sign(publicKey))) {
        throw new IOException("The two halves of the key in " + file + " do not belong together.");
      }
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("The file " + file + " holds no Ed25519 key pair in PEM form.", e);
    }
  }

  /** Writes both halves as PEM, readable by the owner alone, in one step. */
  public void save(Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    Path part = whole.resolveSibling(whole.getFileName() + ".part");
    Files.deleteIfExists(part);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    String pem =
        pem(PEM_BEGIN, privateKey.getEncoded()) + pem(PEM_BEGIN_PUBLIC, encoded(publicKey));
    Files.writeString(part, pem, StandardCharsets.US_ASCII);
    Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The raw 32 bytes of the public half. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** {@code a-} and 20 characters of the lower-case base32 of the public key's SHA-256. */
  public String agentId() {
    return agentIdOf(publicKey);
  }

  public static String agentIdOf(byte[] publicKey) {
    String name = Base32.encode(ReportChain.sha256(publicKey));
    return "a-" + name.substring(0, NAME_CHARACTERS);
  }

  /** The 64 bytes of an Ed25519 signature. */
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("BUG: signing with our own key failed", e);
    }
  }

  /** False for a wrong signature, and for a key or signature of the wrong shape. */
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(publicKeyOf(publicKey));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * @param raw 32 bytes
   * @throws IllegalArgumentException if they are no Ed25519 public key
   */
  public static PublicKey publicKeyOf(byte[] raw) {
    if (raw.length != RAW_BYTES) {
      throw new IllegalArgumentException(
          "An Ed25519 public key has 32 bytes, not " + raw.length + ".");
    }
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded(raw)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("These 32 bytes are no Ed25519 public key.", e);
    }
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  private static byte[] encoded(byte[] raw) {
    byte[] encoded = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + RAW_BYTES);
    System.arraycopy(raw, 0, encoded, SPKI_PREFIX.length, RAW_BYTES);
    return encoded;
  }

  private static byte[] rawOf(PublicKey key) {
    byte[] encoded = key.getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - RAW_BYTES, encoded.length);
  }

  private static String pem(String begin, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return begin + "\n" + lines.encodeToString(der) + "\n" + endOf(begin) + "\n";
  }

  private static byte[] section(String pem, String begin) {
    int from = pem.indexOf(begin);
    int to = pem.indexOf(endOf(begin));
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no section " + begin);
    }
    return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
  }

  private static String endOf(String begin) {
    return begin.replace("BEGIN", "END");
  }
}

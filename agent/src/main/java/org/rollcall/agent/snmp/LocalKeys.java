package org.rollcall.agent.snmp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credential.Auth;
import org.rollcall.agent.probe.Credential.Privacy;
import org.snmp4j.security.AuthHMAC128SHA224;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthMD5;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.AuthenticationProtocol;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES192;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.PrivDES;
import org.snmp4j.security.PrivacyProtocol;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.nonstandard.PrivAES192With3DESKeyExtension;
import org.snmp4j.security.nonstandard.PrivAES256With3DESKeyExtension;
import org.snmp4j.smi.OctetString;

/**
 * Users' keys at engines. A password becomes a key by hashing a megabyte of it (RFC 3414 A.2),
 * which is done once for each password; the key becomes an engine's own by one hash more, which is
 * done once for each engine.
 */
final class LocalKeys {

  /** RFC 3414 A.2: so many bytes of the password repeated. */
  private static final int HASHED_BYTES = 1 << 20;

  private static final Map<Auth, AuthenticationProtocol> AUTH =
      Map.of(
          Auth.MD5, new AuthMD5(),
          Auth.SHA1, new AuthSHA(),
          Auth.SHA224, new AuthHMAC128SHA224(),
          Auth.SHA256, new AuthHMAC192SHA256(),
          Auth.SHA384, new AuthHMAC256SHA384(),
          Auth.SHA512, new AuthHMAC384SHA512());

  private static final Map<Privacy, PrivacyProtocol> PRIVACY =
      Map.of(
          Privacy.DES, new PrivDES(),
          Privacy.AES128, new PrivAES128(),
          Privacy.AES192, new PrivAES192(),
          Privacy.AES192C, new PrivAES192With3DESKeyExtension(),
          Privacy.AES256, new PrivAES256(),
          Privacy.AES256C, new PrivAES256With3DESKeyExtension());

  /**
   * What messages to an engine are signed and encrypted with.
   *
   * @param auth null: not signed; then the others are null too
   * @param privacy null: not encrypted
   */
  record Pair(
      @Nullable AuthenticationProtocol auth,
      @Nullable OctetString authKey,
      @Nullable PrivacyProtocol privacy,
      @Nullable OctetString privacyKey) {

    /** Secrets all of it. */
    @Override
    public String toString() {
      return "Pair";
    }
  }

  private record User(Auth auth, String password) {
    @Override
    public String toString() {
      return "User";
    }
  }

  private record Place(Credential credential, String engine) {}

  private final Map<User, byte[]> passwords = new HashMap<>();
  private final Map<Place, Pair> pairs = new HashMap<>();

  /** Tells SNMP4J all methods there are. */
  static void addAll(SecurityProtocols protocols) {
    AUTH.values().forEach(protocols::addAuthenticationProtocol);
    PRIVACY.values().forEach(protocols::addPrivacyProtocol);
  }

  /** The keys of a user at an engine. */
  synchronized Pair of(Credential credential, byte[] engine) {
    return pairs.computeIfAbsent(
        new Place(credential, HexFormat.of().formatHex(engine)), place -> made(credential, engine));
  }

  private Pair made(Credential credential, byte[] engine) {
    Auth auth = credential.auth();
    String authPassword = credential.authPassword();
    if (auth == null || authPassword == null) {
      return new Pair(null, null, null, null);
    }
    AuthenticationProtocol digest = Objects.requireNonNull(AUTH.get(auth));
    OctetString authKey = new OctetString(localized(auth, authPassword, engine));
    Privacy privacy = credential.privacy();
    String privacyPassword = credential.privacyPassword();
    if (privacy == null || privacyPassword == null) {
      return new Pair(digest, authKey, null, null);
    }
    PrivacyProtocol cipher = Objects.requireNonNull(PRIVACY.get(privacy));
    byte[] key = localized(auth, privacyPassword, engine);
    if (key.length < cipher.getMinKeyLength()) {
      OctetString password = new OctetString(privacyPassword.getBytes(StandardCharsets.UTF_8));
      key = cipher.extendShortKey(key, password, engine, digest);
    }
    if (key.length > cipher.getMaxKeyLength()) {
      key = Arrays.copyOf(key, cipher.getMaxKeyLength());
    }
    return new Pair(digest, authKey, cipher, new OctetString(key));
  }

  /** RFC 3414 A.2: the hash of key, engine and key. */
  private byte[] localized(Auth auth, String password, byte[] engine) {
    byte[] key = passwords.computeIfAbsent(new User(auth, password), LocalKeys::hashed);
    MessageDigest digest = digest(auth);
    digest.update(key);
    digest.update(engine);
    return digest.digest(key);
  }

  private static byte[] hashed(User user) {
    byte[] password = user.password.getBytes(StandardCharsets.UTF_8);
    byte[] block = new byte[64 * password.length];
    for (int i = 0; i < block.length; i++) {
      block[i] = password[i % password.length];
    }
    MessageDigest digest = digest(user.auth);
    int left = HASHED_BYTES;
    while (left > 0) {
      int part = Math.min(left, block.length);
      digest.update(block, 0, part);
      left -= part;
    }
    return digest.digest();
  }

  private static MessageDigest digest(Auth auth) {
    String name =
        switch (auth) {
          case MD5 -> "MD5";
          case SHA1 -> "SHA-1";
          case SHA224 -> "SHA-224";
          case SHA256 -> "SHA-256";
          case SHA384 -> "SHA-384";
          case SHA512 -> "SHA-512";
        };
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(
          "This Java runtime lacks " + name + ", which every one must have", missing);
    }
  }
}

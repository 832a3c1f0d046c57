package org.rollcall.agent.probe;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Secret;

/**
 * What a device wants to know before it answers: one entry of {@code credentials:} in {@code
 * agent.yaml}. Which parts are needed is the device's protocol's affair. A secret may be written as
 * {@code file:PATH}, relative to {@code agent.yaml}.
 *
 * @param community SNMP v1 and v2c; {@code hex:} and hexadecimal digits for bytes that are no text
 * @param user SNMPv3: the security name
 * @param auth SNMPv3: how messages are authenticated; null: not
 * @param authPassword SNMPv3: at least {@value #SHORTEST_PASSWORD} characters (RFC 3414 11.2)
 * @param privacy SNMPv3: how messages are encrypted; null: not
 * @param privacyPassword SNMPv3: at least {@value #SHORTEST_PASSWORD} characters
 * @param password of protocols that want nothing else, such as PJLink
 */
public record Credential(
    @Nullable @Secret String community,
    @Nullable String user,
    @Nullable Auth auth,
    @Nullable @Secret String authPassword,
    @Nullable Privacy privacy,
    @Nullable @Secret String privacyPassword,
    @Nullable @Secret String password) {

  /** RFC 3414 section 11.2: shorter ones are refused, since the keys are made of them alone. */
  public static final int SHORTEST_PASSWORD = 8;

  private static final int LONGEST_USER = 32;
  private static final String HEX = "hex:";

  /** The digest: HMAC of RFC 3414 (MD5, SHA-1) and RFC 7860 (SHA-2). */
  public enum Auth {
    /** Broken; for devices that know nothing else. */
    MD5,
    SHA1,
    SHA224,
    SHA256,
    SHA384,
    SHA512
  }

  /**
   * The cipher: DES of RFC 3414, AES-128 of RFC 3826, AES-192 and AES-256 of
   * draft-blumenthal-aes-usm-04. A digest may be too short for a key of 192 or 256 bits; the plain
   * names lengthen it as Blumenthal's draft says (net-snmp, most others), those with a C as
   * draft-reeder-snmpv3-usm-3desede-00 says (Cisco).
   */
  public enum Privacy {
    /** Broken; for devices that know nothing else. */
    DES,
    AES128,
    AES192,
    AES192C,
    AES256,
    AES256C
  }

  public Credential {
    refuseEmpty("community", community);
    refuseEmpty("user", user);
    refuseEmpty("password", password);
    if (community != null && community.startsWith(HEX) && !isHex(community)) {
      throw new IllegalArgumentException(
          "community begins with hex: and must go on with pairs of hexadecimal digits");
    }
    if (user != null && user.length() > LONGEST_USER) {
      throw new IllegalArgumentException(
          "user is longer than " + LONGEST_USER + " characters, which no SNMPv3 user is");
    }
    pair("auth", auth, "authPassword", authPassword);
    pair("privacy", privacy, "privacyPassword", privacyPassword);
    if (auth != null && user == null) {
      throw new IllegalArgumentException("auth needs a user: write the SNMPv3 user's name");
    }
    if (privacy != null && auth == null) {
      throw new IllegalArgumentException(
          "privacy needs auth: SNMPv3 encrypts only what is authenticated");
    }
    if (community == null && user == null && password == null) {
      throw new IllegalArgumentException(
          "it holds nothing: write a community, a user or a password");
    }
    if (community != null && user != null) {
      throw new IllegalArgumentException(
          "it has a community (SNMP v1, v2c) and a user (v3): make two credentials of it");
    }
  }

  /** Of SNMP v1 and v2c. */
  public static Credential community(String community) {
    return new Credential(community, null, null, null, null, null, null);
  }

  private static boolean isHex(String community) {
    return community.length() > HEX.length()
        && community.length() % 2 == 0
        && community.substring(HEX.length()).chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  private static void refuseEmpty(String what, @Nullable String text) {
    if (text != null && text.isEmpty()) {
      throw new IllegalArgumentException(what + " is empty: leave the key out or write it");
    }
  }

  private static void pair(
      String name, @Nullable Enum<?> method, String passwordName, @Nullable String password) {
    if ((method == null) != (password == null)) {
      throw new IllegalArgumentException(
          method == null
              ? passwordName + " needs " + name + ": write which method it is for"
              : name + " needs " + passwordName);
    }
    if (password != null && password.length() < SHORTEST_PASSWORD) {
      throw new IllegalArgumentException(
          passwordName
              + " is shorter than "
              + SHORTEST_PASSWORD
              + " characters, which SNMPv3 does not allow (RFC 3414 11.2)");
    }
  }

  /** Which kinds of secrets there are, and none of them. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Credential[");
    if (community != null) {
      text.append("community");
    } else if (user != null) {
      text.append("user ").append(user);
      text.append(auth == null ? ", no auth" : ", " + auth.name().toLowerCase(Locale.ROOT));
      text.append(privacy == null ? "" : ", " + privacy.name().toLowerCase(Locale.ROOT));
    }
    if (password != null) {
      text.append(community == null && user == null ? "password" : ", password");
    }
    return text.append(']').toString();
  }
}

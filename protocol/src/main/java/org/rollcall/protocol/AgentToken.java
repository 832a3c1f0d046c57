package org.rollcall.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * The password of an agent: a JWT (RFC 7519) signed with its key (EdDSA, RFC 8037), good for five
 * minutes. It only opens a connection; nothing is gained by keeping it.
 */
public final class AgentToken {
  public static final Duration LIFETIME = Duration.ofMinutes(5);

  /** How far two honest clocks may be apart. A school's PC is often some minutes off. */
  public static final Duration LEEWAY = Duration.ofMinutes(10);

  static final String AUDIENCE = "rollcall";

  private static final byte[] HEADER = "{\"alg\":\"EdDSA\"}".getBytes(StandardCharsets.US_ASCII);

  private AgentToken() {}

  /** A token that begins now. */
  public static String issue(AgentKey key, Instant now) {
    // Nothing in it needs escaping: an agent's name and a UUID are letters, digits and hyphens.
    String claims =
        "{\"iss\":\"%s\",\"aud\":[\"%s\"],\"iat\":%d,\"exp\":%d,\"jti\":\"%s\"}"
            .formatted(
                key.agentId(),
                AUDIENCE,
                now.getEpochSecond(),
                now.plus(LIFETIME).getEpochSecond(),
                UUID.randomUUID());
    String signed = base64(HEADER) + "." + base64(claims.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + base64(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

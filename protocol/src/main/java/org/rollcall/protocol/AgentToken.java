package org.rollcall.protocol;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SignatureException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The password of an agent: a JWT (RFC 7519) signed with its key (EdDSA, RFC 8037), good for five
 * minutes. It only opens a connection; nothing is gained by keeping it.
 */
public final class AgentToken {
  public static final Duration LIFETIME = Duration.ofMinutes(5);

  /** How far two honest clocks may be apart. A school's PC is often some minutes off. */
  public static final Duration LEEWAY = Duration.ofMinutes(10);

  private static final String AUDIENCE = "rollcall";

  private AgentToken() {}

  public static String issue(AgentKey key, Instant now) {
    return Jwts.builder()
        .issuer(key.agentId())
        .audience()
        .add(AUDIENCE)
        .and()
        .issuedAt(Date.from(now))
        .expiration(Date.from(now.plus(LIFETIME)))
        .id(UUID.randomUUID().toString())
        .signWith(key.privateKey(), Jwts.SIG.EdDSA)
        .compact();
  }

  /**
   * @return null when the token is good, else one of {@code expired}, {@code not-yet-valid}, {@code
   *     bad-signature}, {@code wrong-agent}, {@code malformed}
   */
  public static @Nullable String fault(String jwt, PublicKey key, String agent, Instant now) {
    try {
      Claims claims =
          Jwts.parser()
              .verifyWith(key)
              .requireAudience(AUDIENCE)
              .clock(() -> Date.from(now))
              .clockSkewSeconds(LEEWAY.toSeconds())
              .build()
              .parseSignedClaims(jwt)
              .getPayload();
      if (!agent.equals(claims.getIssuer())) {
        return "wrong-agent";
      }
      if (claims.getExpiration() == null || claims.getIssuedAt() == null) {
        return "malformed";
      }
      return claims.getIssuedAt().toInstant().isAfter(now.plus(LEEWAY)) ? "not-yet-valid" : null;
    } catch (ExpiredJwtException e) {
      return "expired";
    } catch (SignatureException e) {
      return "bad-signature";
    } catch (JwtException | IllegalArgumentException e) {
      return "malformed";
    }
  }
}

package org.rollcall.protocol;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SignatureException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Whether a password is an {@link AgentToken} that opens a connection now. Apart from it, because
 * an agent has no need of a library that reads tokens.
 */
public final class AgentTokenCheck {
  private AgentTokenCheck() {}

  /**
   * @return null when the token is good, else one of {@code expired}, {@code not-yet-valid}, {@code
   *     bad-signature}, {@code wrong-agent}, {@code malformed}
   */
  public static @Nullable String fault(String jwt, PublicKey key, String agent, Instant now) {
    try {
      Claims claims =
          Jwts.parser()
              .verifyWith(key)
              // A packed token unpacks to a thousand times its size, and no agent packs one.
              .zip()
              .clear()
              .and()
              .requireAudience(AgentToken.AUDIENCE)
              .clock(() -> Date.from(now))
              .clockSkewSeconds(AgentToken.LEEWAY.toSeconds())
              .build()
              .parseSignedClaims(jwt)
              .getPayload();
      if (!agent.equals(claims.getIssuer())) {
        return "wrong-agent";
      }
      if (claims.getExpiration() == null || claims.getIssuedAt() == null) {
        return "malformed";
      }
      return claims.getIssuedAt().toInstant().isAfter(now.plus(AgentToken.LEEWAY))
          ? "not-yet-valid"
          : null;
    } catch (ExpiredJwtException e) {
      return "expired";
    } catch (SignatureException e) {
      return "bad-signature";
    } catch (JwtException | IllegalArgumentException e) {
      return "malformed";
    }
  }
}

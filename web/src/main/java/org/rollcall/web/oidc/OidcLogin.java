package org.rollcall.web.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.BadJWTExceptions;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sign-ins by one provider. The provider is asked for what it says of itself when somebody first
 * signs in, again after an hour, and at most once in ten seconds while it does not answer (project
 * defaults). Workers.
 */
public final class OidcLogin {
  /** How long a browser may take from the button to the way back. */
  public static final Duration LIFETIME = Pending.LIFETIME;

  private static final Duration KNOWN_FOR = Duration.ofHours(1);
  private static final Duration REST = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(OidcLogin.class);

  private final OidcSettings settings;
  private final Clock clock;
  private final Pending pending;
  private @Nullable Provider provider;
  private Instant askedAt = Instant.MIN;

  /**
   * Where a browser goes.
   *
   * @param state what it must bring back, and have kept as a cookie
   */
  public record Start(URI provider, String state) {}

  /** How it ended. */
  public sealed interface Outcome {
    /** The page it began on; / when nobody knows. */
    String to();
  }

  /** The provider vouches for this one. */
  public record Vouched(Identity identity, String to) implements Outcome {}

  public record Refused(OidcFault fault, String to) implements Outcome {}

  /** Why a sign-in goes no further. */
  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
    private final OidcFault fault;

    Fault(OidcFault fault, @Nullable Throwable cause) {
      super(fault.name(), cause);
      this.fault = fault;
    }
  }

  public OidcLogin(OidcSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.pending = new Pending(clock);
  }

  /**
   * Begins a sign-in.
   *
   * @param to the page to come back to
   * @return null if the provider does not answer
   */
  public @Nullable Start start(String to) {
    try {
      URI door = provider().says().getAuthorizationEndpointURI();
      Pending.Entry entry = pending.begin(to);
      URI address =
          new AuthenticationRequest.Builder(
                  ResponseType.CODE,
                  new Scope("openid", "profile"),
                  new ClientID(settings.clientId()),
                  URI.create(settings.redirect()))
              .endpointURI(door)
              .state(entry.state())
              .nonce(entry.nonce())
              .codeChallenge(entry.verifier(), CodeChallengeMethod.S256)
              .build()
              .toURI();
      return new Start(address, entry.state().getValue());
    } catch (Fault e) {
      told(e);
      return null;
    }
  }

  /**
   * Ends a sign-in.
   *
   * @param query what the provider gave the browser to bring
   * @param kept the state that the browser kept; null if it kept none
   */
  public Outcome finish(Map<String, String> query, @Nullable String kept) {
    String state = query.get("state");
    Pending.Entry entry = state == null || !state.equals(kept) ? null : pending.take(state);
    if (entry == null) {
      return new Refused(OidcFault.WRONG_STATE, "/");
    }
    try {
      return new Vouched(identity(tokenClaims(query, entry)), entry.to());
    } catch (Fault e) {
      told(e);
      return new Refused(e.fault, entry.to());
    }
  }

  private IDTokenClaimsSet tokenClaims(Map<String, String> query, Pending.Entry entry)
      throws Fault {
    String code = query.get("code");
    if (query.containsKey("error") || code == null || code.isBlank()) {
      throw new Fault(OidcFault.DENIED, null);
    }
    Provider asked = provider();
    String issuer = query.get("iss"); // RFC 9207: of two providers, which one sent it
    if (asked.says().supportsAuthorizationResponseIssuerParam() || issuer != null) {
      if (!settings.issuer().equals(issuer)) {
        throw new Fault(OidcFault.BAD_TOKEN, null);
      }
    }
    JWT token = exchange(asked, new AuthorizationCode(code), entry);
    try {
      IDTokenClaimsSet claims = asked.tokens().validate(token, entry.nonce());
      AuthorizedParty party =
          claims.getAuthorizedParty(); // the library asks of many audiences only
      if (party != null && !party.getValue().equals(settings.clientId())) {
        throw new Fault(OidcFault.BAD_TOKEN, null);
      }
      return claims;
    } catch (JWKSetUnavailableException e) {
      throw new Fault(OidcFault.UNREACHABLE, e);
    } catch (BadJOSEException | JOSEException e) {
      boolean expired = e == BadJWTExceptions.EXPIRED_EXCEPTION;
      throw new Fault(expired ? OidcFault.EXPIRED : OidcFault.BAD_TOKEN, e);
    }
  }

  /** Gives the code for an ID token. */
  private JWT exchange(Provider asked, AuthorizationCode code, Pending.Entry entry) throws Fault {
    URI redirect = URI.create(settings.redirect());
    HTTPRequest request =
        new TokenRequest.Builder(
                asked.says().getTokenEndpointURI(),
                asked.authentication(settings),
                new AuthorizationCodeGrant(code, redirect, entry.verifier()))
            .build()
            .toHTTPRequest();
    request.setConnectTimeout((int) settings.timeout().toMillis());
    request.setReadTimeout((int) settings.timeout().toMillis());
    request.setFollowRedirects(false);
    try {
      TokenResponse answer = OIDCTokenResponseParser.parse(request.send());
      if (!answer.indicatesSuccess()) {
        String error = String.valueOf(answer.toErrorResponse().getErrorObject().getCode());
        throw new Fault(OidcFault.DENIED, new IOException("The provider said " + error));
      }
      return Objects.requireNonNull(((OIDCTokenResponse) answer).getOIDCTokens().getIDToken());
    } catch (IOException e) {
      throw new Fault(OidcFault.UNREACHABLE, e);
    } catch (ParseException e) {
      throw new Fault(OidcFault.BAD_TOKEN, e);
    }
  }

  private Identity identity(IDTokenClaimsSet claims) throws Fault {
    String value = claims.getStringClaim(settings.claim());
    if (value == null || value.isBlank() || value.length() > Identity.LONGEST) {
      throw new Fault(OidcFault.NO_NAME, null);
    }
    return settings.identity(value);
  }

  private synchronized Provider provider() throws Fault {
    Provider known = provider;
    Instant now = clock.instant();
    Duration age = askedAt.equals(Instant.MIN) ? KNOWN_FOR : Duration.between(askedAt, now);
    if (known != null && age.compareTo(KNOWN_FOR) < 0) {
      return known;
    }
    if (known == null && age.compareTo(REST) < 0) {
      throw new Fault(OidcFault.UNREACHABLE, null);
    }
    provider = null;
    askedAt = now;
    try {
      Provider asked = Provider.ask(settings);
      provider = asked;
      return asked;
    } catch (IOException e) {
      throw new Fault(OidcFault.UNREACHABLE, e);
    }
  }

  private void told(Fault fault) {
    if (fault.getCause() != null) {
      log.atWarn()
          .addKeyValue("issuer", settings.issuer())
          .addKeyValue("reason", fault.fault)
          .addKeyValue("cause", String.valueOf(fault.getCause().getMessage()))
          .log("A sign-in by the OpenID Connect provider failed");
    }
  }
}

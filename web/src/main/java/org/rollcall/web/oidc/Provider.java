package org.rollcall.web.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of itself (OpenID Connect Discovery 1.0), and how its ID tokens are checked.
 * Its keys are asked for again when they are five minutes old, and at once, twice in 30 seconds at
 * most, when a token is signed by another.
 */
record Provider(OIDCProviderMetadata says, IDTokenValidator tokens) {
  /** No key sets are larger; a project default. */
  private static final int MOST_KEY_BYTES = 256 * 1024;

  /** Signatures that a secret could not have made: a client's secret is no key of the provider. */
  private static final Set<JWSAlgorithm> BY_KEY_PAIRS = Set.copyOf(JWSAlgorithm.Family.SIGNATURE);

  /**
   * Asks the provider.
   *
   * @throws IOException if it does not answer, or says what cannot be used
   */
  static Provider ask(OidcSettings settings) throws IOException {
    int millis = (int) settings.timeout().toMillis();
    OIDCProviderMetadata says;
    try {
      says = OIDCProviderMetadata.resolve(new Issuer(settings.issuer()), millis, millis);
    } catch (GeneralException e) {
      throw new IOException("What the provider says of itself cannot be used.", e);
    }
    for (URI each :
        new URI[] {
          says.getAuthorizationEndpointURI(), says.getTokenEndpointURI(), says.getJWKSetURI()
        }) {
      if (each == null || !OidcSettings.isSafe(each.toString())) {
        throw new IOException("The provider names no address that is safe for one of its parts.");
      }
    }
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(
                says.getJWKSetURI().toURL(),
                new DefaultResourceRetriever(millis, millis, MOST_KEY_BYTES))
            .refreshAheadCache(false)
            .build();
    IDTokenValidator tokens =
        new IDTokenValidator(
            new Issuer(settings.issuer()),
            new ClientID(settings.clientId()),
            new JWSVerificationKeySelector<>(algorithms(says), keys),
            null);
    tokens.setMaxClockSkew((int) settings.clockSkew().toSeconds());
    return new Provider(says, tokens);
  }

  /** Those it names; RS256 if it names none, as every provider must know it. */
  private static Set<JWSAlgorithm> algorithms(OIDCProviderMetadata says) throws IOException {
    List<JWSAlgorithm> named = says.getIDTokenJWSAlgs();
    if (named == null) {
      return Set.of(JWSAlgorithm.RS256);
    }
    Set<JWSAlgorithm> usable = new HashSet<>(named);
    usable.retainAll(BY_KEY_PAIRS);
    if (usable.isEmpty()) {
      throw new IOException("The provider signs ID tokens in no way that can be checked.");
    }
    return usable;
  }

  /** How this server proves to the provider who it is; in the head unless only the body will do. */
  ClientAuthentication authentication(OidcSettings settings) {
    ClientID id = new ClientID(settings.clientId());
    Secret secret = new Secret(settings.clientSecret());
    @Nullable List<ClientAuthenticationMethod> methods = says.getTokenEndpointAuthMethods();
    boolean inBody =
        methods != null
            && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
            && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    return inBody ? new ClientSecretPost(id, secret) : new ClientSecretBasic(id, secret);
  }
}

package org.rollcall.web.oidc;

import java.util.Locale;

/** Why a provider's word is not taken. The pages have a sentence for each. */
public enum OidcFault {
  /** It does not answer, or not as a provider does. */
  UNREACHABLE,
  /** This browser did not begin, took longer than ten minutes, or comes a second time. */
  WRONG_STATE,
  /** The provider itself said no, or the person did. */
  DENIED,
  /** The ID token is too old. */
  EXPIRED,
  /** The ID token is not of this provider, for this server, for this sign-in. */
  BAD_TOKEN,
  /** The ID token does not have the claim that names people. */
  NO_NAME,
  /** The provider's word is good, but no account belongs to it. */
  NO_ACCOUNT;

  /** Stable reason code, such as {@code oidc-no-account}. */
  public String code() {
    return "oidc-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

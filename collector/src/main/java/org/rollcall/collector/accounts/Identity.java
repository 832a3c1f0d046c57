package org.rollcall.collector.accounts;

/**
 * By what name an OpenID Connect provider knows somebody. The same name elsewhere, or in another
 * claim, is somebody else.
 *
 * @param issuer the provider, as it calls itself
 * @param claim which claim of its ID tokens names people, such as {@code sub}
 * @param value the name, 1 to 255 letters (OpenID Connect Core 1.0, section 2, of {@code sub})
 */
public record Identity(String issuer, String claim, String value) {
  public static final int LONGEST = 255;

  public Identity {
    if (issuer.isBlank() || claim.isBlank() || value.isBlank() || value.length() > LONGEST) {
      throw new IllegalArgumentException("An identity has an issuer, a claim and 1 to 255 letters");
    }
  }
}

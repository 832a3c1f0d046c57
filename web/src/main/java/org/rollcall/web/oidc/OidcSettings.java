package org.rollcall.web.oidc;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Identity;
import org.rollcall.config.Default;
import org.rollcall.config.Key;
import org.rollcall.config.Range;
import org.rollcall.config.Secret;

/**
 * {@code oidc:} in the server's settings: who else may say that somebody is somebody.
 *
 * @param issuer the provider as it calls itself; {@code ISSUER/.well-known/openid-configuration}
 *     describes it
 * @param clientId whom the provider knows this server as
 * @param site these pages as browsers see them; the provider sends people back to {@link #redirect}
 * @param claim which claim of an ID token names people for good; whoever may change it himself can
 *     become somebody else
 * @param name what the button says
 * @param clockSkew by how much the provider's clock may differ; a project default
 * @param timeout for each question to the provider; a project default
 */
public record OidcSettings(
    String issuer,
    String clientId,
    @Secret String clientSecret,
    String site,
    @Default("sub") String claim,
    Name name,
    @Default("60s") @Range(min = "0s", max = "5m") Duration clockSkew,
    @Default("5s") @Range(min = "100ms", max = "30s") Duration timeout) {
  static final String CALLBACK = "/api/v1/session/oidc/callback";

  /** The provider in both languages. */
  public record Name(
      @Key("zh-CN") @Default("统一身份认证") String zh, @Default("Single sign-on") String en) {}

  public OidcSettings {
    site = site.endsWith("/") ? site.substring(0, site.length() - 1) : site;
    if (!isSafe(issuer)) {
      throw new IllegalArgumentException(
          "the issuer is an https address without query; http for one of this machine");
    }
    if (!isSafe(site)) {
      throw new IllegalArgumentException(
          "the site is an https address such as https://rollcall.example; http for this machine");
    }
    if (clientId.isBlank() || clientSecret.isBlank() || claim.isBlank()) {
      throw new IllegalArgumentException("clientId, clientSecret and claim may not be empty");
    }
  }

  /** Whether nobody on the way can read or change what is asked there. */
  static boolean isSafe(@Nullable String address) {
    try {
      URI uri = new URI(address == null ? "" : address);
      if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
        return false;
      }
      return "https".equals(uri.getScheme())
          || ("http".equals(uri.getScheme()) && isThisMachine(uri.getHost()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isThisMachine(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    boolean number = host.matches("[0-9.]+|\\[[0-9a-fA-F:]+\\]"); // a name would be looked up
    try {
      return number && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Where the provider sends people back to; it must know this address. */
  public String redirect() {
    return site + CALLBACK;
  }

  /** Whom the provider calls so. */
  public Identity identity(String value) {
    return new Identity(issuer, claim, value);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return clientId + " at " + issuer;
  }
}

package org.rollcall.agent.reach.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges the chain that a server shows as a browser would, and keeps what it found: the days left,
 * also of a chain that is refused, and why it was. One for each connection; used on its event loop.
 */
final class CertificateCheck extends X509ExtendedTrustManager {
  static final String EXPIRED = "certificate-expired";
  static final String UNTRUSTED = "certificate-untrusted";
  static final String WRONG_HOST = "wrong-host";

  private final X509ExtendedTrustManager authorities;
  private final InstantSource clock;
  private @Nullable Long daysLeft;
  private @Nullable String fault;

  /**
   * @param authorities knows whom to trust, and checks names where the engine asks for it
   */
  CertificateCheck(X509ExtendedTrustManager authorities, InstantSource clock) {
    this.authorities = authorities;
    this.clock = clock;
  }

  /**
   * Whole days until the first certificate of the chain expires; -1 on the day after; null when
   * none was shown.
   */
  @Nullable Long daysLeft() {
    return daysLeft;
  }

  /** The reason why it was refused; null when it was not. */
  @Nullable String fault() {
    return fault;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    Instant now = clock.instant();
    Instant end = earliestEnd(chain);
    daysLeft = Math.floorDiv(Duration.between(now, end).toSeconds(), 86_400L);
    if (now.isAfter(end)) {
      throw refuse(EXPIRED, null);
    }
    try {
      authorities.checkServerTrusted(chain, authType);
    } catch (CertificateException untrusted) {
      throw refuse(UNTRUSTED, untrusted);
    }
    try {
      authorities.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException refused) {
      // The chain itself was good. A name that does not match has no class of its own; an
      // algorithm that TLS forbids has.
      boolean name = refused.getClass() == CertificateException.class;
      throw refuse(name ? WRONG_HOST : UNTRUSTED, refused);
    }
  }

  private static Instant earliestEnd(X509Certificate[] chain) {
    Instant end = Instant.MAX;
    for (X509Certificate certificate : chain) {
      Instant its = certificate.getNotAfter().toInstant();
      end = its.isBefore(end) ? its : end;
    }
    return end;
  }

  private CertificateException refuse(String reason, @Nullable CertificateException cause) {
    fault = reason;
    return new CertificateException(reason, cause);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("asked without the engine");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("asked without the engine");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this end is no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}

package org.rollcall.agent.uplink;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.rollcall.protocol.ReportChain;

/**
 * Trusts one public key and nothing else: no authority, no name, no date. The key came with the
 * enrolment code, so it says more than a chain would.
 */
public final class KeyPin extends X509ExtendedTrustManager {
  /** The server showed another key. */
  static final class WrongKeyException extends CertificateException {
    WrongKeyException(String message) {
      super(message);
    }
  }

  private final byte[] expected;

  private KeyPin(byte[] expected) {
    this.expected = expected;
  }

  /**
   * TLS with a server of this key.
   *
   * @param serverKeySha256 of its SubjectPublicKeyInfo, 64 lower-case hex digits
   */
  public static SslContext context(String serverKeySha256) throws SSLException {
    return SslContextBuilder.forClient()
        .trustManager(new KeyPin(HexFormat.of().parseHex(serverKeySha256)))
        .endpointIdentificationAlgorithm(null)
        .build();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    byte[] shown = ReportChain.sha256(chain[0].getPublicKey().getEncoded());
    if (!MessageDigest.isEqual(shown, expected)) {
      throw new WrongKeyException(
          "the server's key is " + HexFormat.of().formatHex(shown) + ", not the one expected");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
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

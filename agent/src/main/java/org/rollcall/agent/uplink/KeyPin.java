package org.rollcall.agent.uplink;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
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

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final byte[] expected;

  private KeyPin(byte[] expected) {
    this.expected = expected;
  }

  /**
   * A client's engine for one connection to the server with that key, straight from the JDK:
   * Netty's own set-up asks for engines and key stores that are never used here.
   *
   * @param serverKeySha256 64 hexadecimal digits
   * @throws GeneralSecurityException when this Java has no TLS
   */
  public static SSLEngine engine(String serverKeySha256, String host, int port)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyPin pin = new KeyPin(HexFormat.of().parseHex(serverKeySha256));
    context.init(new KeyManager[0], new TrustManager[] {pin}, null);
    SSLEngine engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(PROTOCOLS);
    return engine;
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

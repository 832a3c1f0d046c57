package org.rollcall.web.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.identity.ServerIdentity;
import org.rollcall.collector.linetest.ndt7.Ndt7Request;
import org.rollcall.collector.linetest.ndt7.Ndt7Request.Direction;
import org.rollcall.collector.linetest.ndt7.Ndt7Settings;

/** The port on which agents test, by the key they know; it answers nothing but ndt7. */
final class Ndt7TlsPort {
  private static final long OPEN_SECONDS = 30;

  private final Ndt7Settings.Tls settings;
  private final ServerIdentity identity;
  private @Nullable HttpServer server;

  Ndt7TlsPort(Ndt7Settings.Tls settings, ServerIdentity identity) {
    this.settings = settings;
    this.identity = identity;
  }

  /**
   * Opens the port; it closes with the Vert.x it was opened on.
   *
   * @throws IOException if it cannot be opened, saying which
   */
  void start(Vertx vertx, Ndt7Endpoint tests, ConnectionGuard guard)
      throws IOException, InterruptedException {
    HttpServerOptions options =
        Ndt7Endpoint.allow(new HttpServerOptions())
            .setSsl(true)
            .setKeyCertOptions(keyAndCertificate())
            .setIdleTimeout(60);
    HttpServer opened =
        guard.guard(
            vertx,
            vertx.createHttpServer(options),
            request -> {
              switch (String.valueOf(request.path())) {
                case Ndt7Request.DOWNLOAD_PATH -> tests.handle(request, Direction.DOWNLOAD);
                case Ndt7Request.UPLOAD_PATH -> tests.handle(request, Direction.UPLOAD);
                default -> request.response().setStatusCode(404).end();
              }
            });
    try {
      server =
          opened
              .listen(settings.port(), settings.bind())
              .toCompletionStage()
              .toCompletableFuture()
              .get(OPEN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "The port of ndt7 "
              + settings.bind()
              + ":"
              + settings.port()
              + " cannot be opened: choose another with ndt7.tls.port, or stop what uses it.",
          e);
    }
  }

  int port() {
    HttpServer opened = server;
    if (opened == null) {
      throw new IllegalStateException("BUG: the port of ndt7 was not opened");
    }
    return opened.actualPort();
  }

  private PemKeyCertOptions keyAndCertificate() {
    try {
      return new PemKeyCertOptions()
          .setKeyValue(pem("PRIVATE KEY", identity.privateKey().getEncoded()))
          .setCertValue(pem("CERTIFICATE", identity.certificate().getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("The server's certificate cannot be used: restore it.", e);
    }
  }

  private static Buffer pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Buffer.buffer(
        "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }
}

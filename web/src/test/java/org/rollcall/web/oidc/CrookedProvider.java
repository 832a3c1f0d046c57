package org.rollcall.web.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider on loopback that hands out whatever ID token it is told to. */
final class CrookedProvider implements AutoCloseable {
  private final HttpServer server;
  final AtomicInteger askedForItself = new AtomicInteger();
  volatile RSAKey key;
  volatile String idToken = "";
  volatile String lastRequest = "";
  volatile String issuerParameter = "";
  volatile boolean down;

  CrookedProvider() throws IOException, JOSEException {
    key = newKey("one");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/.well-known/openid-configuration", this::itself);
    server.createContext(
        "/keys", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
    server.createContext("/token", this::token);
    server.start();
  }

  static RSAKey newKey(String id) throws JOSEException {
    return new RSAKeyGenerator(2048).keyID(id).generate();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void itself(HttpExchange exchange) throws IOException {
    askedForItself.incrementAndGet();
    answer(
        exchange,
        """
        {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize",
         "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/keys",
         "response_types_supported": ["code"], "subject_types_supported": ["public"],
         "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]%2$s}
        """
            .formatted(issuer(), issuerParameter));
  }

  private void token(HttpExchange exchange) throws IOException {
    lastRequest = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    answer(
        exchange,
        """
        {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": "%s"}
        """
            .formatted(idToken));
  }

  private void answer(HttpExchange exchange, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("content-type", "application/json");
    exchange.sendResponseHeaders(down ? 503 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

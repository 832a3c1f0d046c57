package org.rollcall.collector.channels;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The way to one HTTP server: a proxy where one is set, no redirects, a limit on what is read. The
 * address is not told to anybody, since a bot's is a secret.
 */
final class HttpDoor {
  private static final int MOST_ANSWER_BYTES = 64 * 1024;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final int REQUEST_TIMEOUT = 408;

  private final HttpClient client;
  private final Duration timeout;

  /**
   * A server's answer.
   *
   * @param failure null if there is one
   */
  record Reply(int status, String body, @Nullable Answer failure) {}

  HttpDoor(ChannelSetting setting) throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(setting.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    String proxy = setting.proxy();
    if (proxy != null) {
      int colon = proxy.lastIndexOf(':');
      builder.proxy(
          ProxySelector.of(
              InetSocketAddress.createUnresolved(
                  proxy.substring(0, colon), Integer.parseInt(proxy.substring(colon + 1)))));
    }
    if (setting.ca() != null) {
      builder.sslContext(Authorities.trusting(setting.ca()));
    }
    client = builder.build();
    timeout = setting.timeout();
  }

  /** Posts a body, or does with it what the method says. */
  Reply ask(String method, String address, Map<String, String> headers, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(timeout)
            .method(method, HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    headers.forEach(request::header);
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      String text = read(response.body());
      int status = response.statusCode();
      if (status >= 200 && status < 300) {
        return new Reply(status, text, null);
      }
      boolean passes = status >= SERVER_ERROR || status == TOO_MANY || status == REQUEST_TIMEOUT;
      String reason = "http-" + status;
      return new Reply(status, text, passes ? Answer.later(reason) : Answer.refused(reason));
    } catch (HttpConnectTimeoutException e) {
      return failed("connect");
    } catch (HttpTimeoutException e) {
      return failed("timeout");
    } catch (SSLException e) {
      return failed("tls");
    } catch (IOException e) {
      return failed("connect");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("interrupted");
    }
  }

  private static Reply failed(String reason) {
    return new Reply(0, "", Answer.later(reason));
  }

  private static String read(InputStream body) throws IOException {
    try (body) {
      ByteArrayOutputStream kept = new ByteArrayOutputStream();
      kept.write(body.readNBytes(MOST_ANSWER_BYTES));
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}

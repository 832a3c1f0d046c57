package org.rollcall.collector.channels;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The way to one HTTP server: a proxy where one is set, no redirects, a limit on what is read and
 * on how long it takes in all: twice the time-out. The address is not told to anybody, since a
 * bot's is a secret.
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
    HttpRequest request = request(method, address, headers, body);
    if (request == null) {
      return new Reply(0, "", Answer.refused("bad-request"));
    }
    CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, info -> new Bounded());
    try {
      HttpResponse<byte[]> response = sent.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
      String text = new String(response.body(), StandardCharsets.UTF_8);
      int status = response.statusCode();
      if (status >= 200 && status < 300) {
        return new Reply(status, text, null);
      }
      boolean passes = status >= SERVER_ERROR || status == TOO_MANY || status == REQUEST_TIMEOUT;
      String reason = "http-" + status;
      return new Reply(status, text, passes ? Answer.later(reason) : Answer.refused(reason));
    } catch (TimeoutException e) {
      sent.cancel(true);
      return failed("timeout");
    } catch (ExecutionException e) {
      return failed(reason(e.getCause()));
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      return failed("interrupted");
    }
  }

  /**
   * Null if address, method or a header cannot stand in a request. What Java says of it holds them
   * whole, and a secret with them: it is not passed on.
   */
  private @Nullable HttpRequest request(
      String method, String address, Map<String, String> headers, String body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(address))
              .timeout(timeout)
              .method(method, HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
      headers.forEach(request::header);
      return request.build();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Never what it says, which may hold the address. */
  private static String reason(@Nullable Throwable cause) {
    if (cause instanceof HttpConnectTimeoutException) {
      return "connect";
    }
    if (cause instanceof HttpTimeoutException) {
      return "timeout";
    }
    if (cause instanceof SSLException) {
      return "tls";
    }
    if (cause instanceof IOException) {
      return "connect";
    }
    throw new IllegalStateException(
        "BUG: a channel's request failed by " + (cause == null ? null : cause.getClass()));
  }

  private static Reply failed(String reason) {
    return new Reply(0, "", Answer.later(reason));
  }

  /** Keeps the beginning of an answer and ends the rest. */
  private static final class Bounded implements HttpResponse.BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<byte[]> getBody() {
      return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
      for (ByteBuffer part : parts) {
        byte[] bytes = new byte[Math.min(part.remaining(), MOST_ANSWER_BYTES - kept.size())];
        part.get(bytes);
        kept.write(bytes, 0, bytes.length);
      }
      if (kept.size() == MOST_ANSWER_BYTES) {
        Flow.Subscription open = subscription;
        if (open != null) {
          open.cancel();
        }
        whole.complete(kept.toByteArray());
      }
    }

    @Override
    public void onError(Throwable failure) {
      whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      whole.complete(kept.toByteArray());
    }
  }
}

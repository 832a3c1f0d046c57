package org.rollcall.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The open server-sent event streams (WHATWG HTML, section 9.2). A client that does not keep up is
 * disconnected and comes back by itself. At most 2,000 at once. Events may be sent from any thread.
 */
final class EventStreams {
  private static final int MOST = 2_000;
  private static final long SIGN_OF_LIFE_MILLIS = 15_000;

  private final Vertx vertx;
  private final Map<HttpServerResponse, Stream> streams = new ConcurrentHashMap<>();

  /** One listener; {@code narrow} keeps of an event's data what this viewer may see, or null. */
  private record Stream(Context context, UnaryOperator<@Nullable Object> narrow) {}

  EventStreams(Vertx vertx) {
    this.vertx = vertx;
  }

  void start(Supplier<Object> signOfLife) {
    vertx.setPeriodic(SIGN_OF_LIFE_MILLIS, timer -> send("pulse", signOfLife.get()));
  }

  /** False when there are too many streams already. */
  boolean open(HttpServerResponse response, UnaryOperator<@Nullable Object> narrow) {
    if (streams.size() >= MOST) {
      return false;
    }
    response.setChunked(true);
    response.putHeader("content-type", "text/event-stream");
    response.putHeader("cache-control", "no-store");
    response.putHeader("content-encoding", "identity");
    streams.put(response, new Stream(vertx.getOrCreateContext(), narrow));
    response.closeHandler(gone -> streams.remove(response));
    response.exceptionHandler(fault -> streams.remove(response));
    response.write("retry: 5000\n\n");
    return true;
  }

  int size() {
    return streams.size();
  }

  void send(String event, Object data) {
    streams.forEach(
        (response, stream) -> {
          Object narrowed = stream.narrow().apply(data);
          if (narrowed != null) {
            String text = "event: " + event + "\ndata: " + text(narrowed) + "\n\n";
            stream.context().runOnContext(go -> write(response, text));
          }
        });
  }

  private void write(HttpServerResponse response, String text) {
    if (response.ended() || response.closed()) {
      streams.remove(response);
    } else if (response.writeQueueFull()) {
      streams.remove(response);
      response.reset();
    } else {
      response.write(text);
    }
  }

  void close() {
    streams.forEach((response, stream) -> stream.context().runOnContext(go -> response.end()));
    streams.clear();
  }

  private static String text(Object data) {
    try {
      return Answers.JSON.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("BUG: an event cannot be written as JSON", e);
    }
  }
}

package org.rollcall.web.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.web.api.HttpCounts;

/**
 * Keeps a port's connections within the limits: no more of them than may be, and none that takes
 * longer over a request than it may, be it silent or one byte now and then. How long an answer
 * takes is not its affair: event streams and line tests last. Event loops.
 */
final class ConnectionGuard {
  private static final long SWEEPS_IN_TIMEOUT = 4;
  private static final long LONGEST_SWEEP_MILLIS = 1_000;

  private final HttpSettings.Limits limits;
  private final LongSupplier nanoClock;
  private final Map<HttpConnection, Turn> turns = new ConcurrentHashMap<>();
  private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder turnedAway = new LongAdder();
  private final LongAdder tooSlow = new LongAdder();

  /** Where a connection stands: what it waits for, and since when. */
  private static final class Turn {
    private volatile @Nullable HttpServerRequest request;
    private volatile long since;

    Turn(long now) {
      since = now;
    }

    /** Whether it owes the rest of a request for longer than that. */
    boolean overdue(long now, long nanos) {
      HttpServerRequest last = request;
      if (last != null && last.isEnded() && !last.response().ended()) {
        since = now; // it is the server's turn
        return false;
      }
      return now - since > nanos;
    }
  }

  ConnectionGuard(HttpSettings.Limits limits, LongSupplier nanoClock) {
    this.limits = limits;
    this.nanoClock = nanoClock;
  }

  /** Guards a server that does not listen yet; what its requests do is the handler's. */
  HttpServer guard(Vertx vertx, HttpServer server, Handler<HttpServerRequest> handler) {
    long sweep = limits.requestTimeout().toMillis() / SWEEPS_IN_TIMEOUT;
    vertx.setPeriodic(Math.max(1, Math.min(LONGEST_SWEEP_MILLIS, sweep)), timer -> sweep());
    return server
        .connectionHandler(this::opened)
        .requestHandler(
            request -> {
              Turn turn = turns.get(request.connection());
              if (turn != null) {
                turn.since = nanoClock.getAsLong();
                turn.request = request;
              }
              handler.handle(request);
            });
  }

  private void opened(HttpConnection connection) {
    accepted.increment();
    String address = connection.remoteAddress().hostAddress();
    int all = open.incrementAndGet();
    int here = byAddress.merge(address, 1, Integer::sum);
    connection.closeHandler(closed -> left(connection, address));
    boolean tooManyHere =
        limits.connectionsPerAddress() > 0 && here > limits.connectionsPerAddress();
    if (all > limits.connections() || tooManyHere) {
      turnedAway.increment();
      end(connection);
    } else {
      turns.put(connection, new Turn(nanoClock.getAsLong()));
    }
  }

  private void left(HttpConnection connection, String address) {
    open.decrementAndGet();
    turns.remove(connection);
    byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  private void sweep() {
    long now = nanoClock.getAsLong();
    long nanos = limits.requestTimeout().toNanos();
    turns.forEach(
        (connection, turn) -> {
          if (turn.overdue(now, nanos) && turns.remove(connection, turn)) {
            tooSlow.increment();
            end(connection);
          }
        });
  }

  private static void end(HttpConnection connection) {
    var unused = connection.close();
  }

  HttpCounts counts() {
    return new HttpCounts(open.get(), accepted.sum(), turnedAway.sum(), tooSlow.sum());
  }
}

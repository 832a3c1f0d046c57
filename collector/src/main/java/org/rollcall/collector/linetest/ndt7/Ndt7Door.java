package org.rollcall.collector.linetest.ndt7;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may test, and makes the tests. Any thread; a test belongs to the event loop it began
 * on.
 */
public final class Ndt7Door {
  private final boolean open;
  private final int mostTests;
  private final Tokens tokens;
  private final Clock clock;
  private final Ndt7Test.Parts parts;
  private final AtomicInteger running = new AtomicInteger();
  private final LongAdder asked = new LongAdder();
  private final LongAdder begun = new LongAdder();
  private final LongAdder bad = new LongAdder();
  private final LongAdder denied = new LongAdder();
  private final LongAdder busy = new LongAdder();

  /**
   * @param open whether any client may test without a token
   * @param mostTests at once
   * @param random safe on any thread
   */
  public Ndt7Door(
      boolean open,
      int mostTests,
      Tokens tokens,
      Clock clock,
      LongSupplier nanoClock,
      RandomGenerator random) {
    this.open = open;
    this.mostTests = mostTests;
    this.tokens = tokens;
    this.clock = clock;
    this.parts = new Ndt7Test.Parts(nanoClock, random);
  }

  /** Who may test where not everybody may. Must not block. */
  @FunctionalInterface
  public interface Tokens {
    /** Whether a token was granted; it is good once for each direction. */
    boolean take(String token, Ndt7Request.Direction direction);
  }

  /** What a request gets before any WebSocket comes to be. */
  public sealed interface Answer {
    /** The handshake may go on; {@link Ndt7Door#begin} makes the test. */
    record Welcome(Ndt7Request request) implements Answer {}

    /**
     * No test.
     *
     * @param status of HTTP: 400, 401 or 503
     */
    record Refused(int status, String sentence) implements Answer {}
  }

  /**
   * Checks a request and keeps a place for its test.
   *
   * @param query raw
   * @param subprotocols the header Sec-WebSocket-Protocol
   */
  public Answer ask(
      Ndt7Request.Direction direction, @Nullable String query, @Nullable String subprotocols) {
    asked.increment();
    Ndt7Request request;
    try {
      request = Ndt7Request.read(direction, query, subprotocols);
    } catch (Ndt7Request.BadRequestException e) {
      bad.increment();
      return new Answer.Refused(400, String.valueOf(e.getMessage()));
    }
    String token = request.accessToken();
    if (!open && token == null) {
      return denied();
    }
    if (running.incrementAndGet() > mostTests) {
      running.decrementAndGet();
      busy.increment();
      return new Answer.Refused(
          503, "As many tests as are allowed are under way: try again later.");
    }
    if (!open && !tokens.take(String.valueOf(token), direction)) {
      running.decrementAndGet();
      return denied();
    }
    begun.increment();
    return new Answer.Welcome(request);
  }

  private Answer denied() {
    denied.increment();
    return new Answer.Refused(401, "A test needs an access_token that the collector granted.");
  }

  /** Makes the test that was welcomed; {@link #ended} must be called when its connection ends. */
  public Ndt7Test begin(Ndt7Request request, Ndt7Socket socket, String client, String server) {
    Ndt7Connection connection =
        new Ndt7Connection(client, server, UUID.randomUUID(), clock.instant());
    return switch (request.direction()) {
      case DOWNLOAD -> new Ndt7Download(request.earlyExit(), socket, connection, parts);
      case UPLOAD -> new Ndt7Upload(socket, connection, parts);
    };
  }

  /** Gives back the place of a test that was welcomed; exactly once for each. */
  public void ended() {
    running.decrementAndGet();
  }

  public Ndt7Counts counts() {
    return new Ndt7Counts(
        asked.sum(), begun.sum(), bad.sum(), denied.sum(), busy.sum(), Math.max(0, running.get()));
  }
}

package org.rollcall.agent.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Turns host names into addresses without ever holding up the thread that asks.
 *
 * <p>The operating system's resolver blocks, so it runs on a thread of its own, {@code
 * name-lookup}, started when the first name is asked for. Answers, good or bad, are kept for {@link
 * #KEPT}. Literal addresses are answered at once.
 *
 * <p>At most {@link #QUEUE} names wait; one more is answered as unknown, and asked again at the
 * next look.
 */
public final class NameLookup implements AutoCloseable {

  static final Duration KEPT = Duration.ofSeconds(60);

  /** After this long a name is answered as unknown, whatever the resolver is still doing. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int QUEUE = 1024;

  /** Asks the world; may block. */
  @FunctionalInterface
  interface Resolver {
    InetAddress resolve(String host) throws UnknownHostException;
  }

  private record Known(CompletableFuture<Optional<InetAddress>> answer, Instant until) {}

  private final Clock clock;
  private final Resolver resolver;
  private final Duration patience;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor thread;

  public NameLookup(Clock clock) {
    this(clock, InetAddress::getByName, PATIENCE);
  }

  NameLookup(Clock clock, Resolver resolver, Duration patience) {
    this.clock = clock;
    this.resolver = resolver;
    this.patience = patience;
    this.thread =
        new ThreadPoolExecutor(
            1, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), NameLookup::thread);
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "name-lookup");
    thread.setDaemon(true);
    return thread;
  }

  /** The host's address; empty when no such name is known. Never completes exceptionally. */
  public CompletableFuture<Optional<InetAddress>> address(Endpoint endpoint) {
    InetAddress literal = endpoint.literal();
    if (literal != null) {
      return CompletableFuture.completedFuture(Optional.of(literal));
    }
    Instant now = clock.instant();
    Known entry =
        known.compute(
            endpoint.host(),
            (host, old) -> old != null && now.isBefore(old.until) ? old : ask(host, now));
    return entry.answer;
  }

  private Known ask(String host, Instant now) {
    CompletableFuture<Optional<InetAddress>> answer = new CompletableFuture<>();
    try {
      thread.execute(() -> answer.complete(resolved(host)));
    } catch (RejectedExecutionException full) {
      answer.complete(Optional.empty());
    }
    return new Known(
        answer.completeOnTimeout(Optional.empty(), patience.toMillis(), TimeUnit.MILLISECONDS),
        now.plus(KEPT));
  }

  private Optional<InetAddress> resolved(String host) {
    try {
      return Optional.of(resolver.resolve(host));
    } catch (UnknownHostException unknown) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

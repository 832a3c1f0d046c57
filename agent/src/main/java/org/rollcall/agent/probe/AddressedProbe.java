package org.rollcall.agent.probe;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.rollcall.protocol.v1.Observation;

/**
 * A probe of one subject at one address, whose name is looked up before each look. Where there is
 * no such name the subject is down, with the reason {@code unknown-host}.
 */
public abstract class AddressedProbe implements Probe {
  private static final String UNKNOWN_HOST = "unknown-host";

  private final String subject;
  private final Endpoint endpoint;
  private final Duration interval;
  private final NameLookup names;
  private final Clock clock;

  protected AddressedProbe(
      String subject, Endpoint endpoint, Duration interval, NameLookup names, Clock clock) {
    this.subject = subject;
    this.endpoint = endpoint;
    this.interval = interval;
    this.names = names;
    this.clock = clock;
  }

  @Override
  public final List<String> subjects() {
    return List.of(subject);
  }

  @Override
  public final Duration interval() {
    return interval;
  }

  @Override
  public final CompletionStage<List<Observation>> run(Instant now) {
    return names
        .address(endpoint)
        .thenCompose(
            address ->
                address.isPresent()
                    ? look(address.get())
                    : CompletableFuture.completedFuture(nowhere(UNKNOWN_HOST)))
        .thenApply(List::of);
  }

  /** Looks at the subject; as {@link #run}, with one observation. */
  protected abstract CompletionStage<Observation> look(InetAddress address);

  /** What is told where the name has no address. */
  protected Observation nowhere(String reason) {
    return down(reason);
  }

  protected final String subject() {
    return subject;
  }

  protected final int port() {
    return endpoint.port();
  }

  /** It does not answer. */
  protected final Observation down(String reason) {
    return TerminalState.answering(observation(), false).setReason(reason).build();
  }

  /** Nothing could be learnt. */
  protected final Observation unknown(String reason) {
    return observation().setReason(reason).build();
  }

  /** Of the subject, now, without measures yet. */
  protected final Observation.Builder observation() {
    return Observation.newBuilder().setSubject(subject).setTimeMillis(clock.millis());
  }
}

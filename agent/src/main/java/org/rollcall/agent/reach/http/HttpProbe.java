package org.rollcall.agent.reach.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;

/**
 * Asks for one page. Measures: {@code up} 1 when it is as expected, {@code responseMillis} from the
 * first connection to the head of the last response, {@code statusCode} of that one, {@code
 * certificateDays} until the first certificate of any chain shown expires, negative after that.
 * Reasons: {@code certificate-expired}, {@code certificate-untrusted}, {@code wrong-host}, {@code
 * tls-failed}, {@code refused}, {@code timeout}, {@code unreachable}, {@code unknown-host}, {@code
 * bad-status}, {@code redirect-loop} (more than {@link HttpLook#REDIRECTIONS}), {@code
 * bad-redirect}, {@code content-missing}, {@code bad-answer} (no HTTP), {@code hung-up} (before the
 * answer was whole).
 */
final class HttpProbe implements Probe {

  /**
   * What is good.
   *
   * @param statusIsOurs whether the entry names the codes itself: then one that redirects and is
   *     among them is the end
   * @param text what the page must hold; null for anything
   */
  record Expected(StatusCodes status, boolean statusIsOurs, @Nullable String text) {}

  private final String subject;
  private final Duration interval;
  private final HttpTarget target;
  private final Expected expected;
  private final @Nullable PrivateAuthorities trusted;
  private final HttpProbes family;
  private final Clock clock;

  /**
   * @param trusted besides the runtime's authorities; null: nobody
   */
  HttpProbe(
      String subject,
      Duration interval,
      HttpTarget target,
      Expected expected,
      @Nullable PrivateAuthorities trusted,
      HttpProbes family) {
    this.subject = subject;
    this.interval = interval;
    this.target = target;
    this.expected = expected;
    this.trusted = trusted;
    this.family = family;
    this.clock = family.clock();
  }

  @Override
  public List<String> subjects() {
    return List.of(subject);
  }

  @Override
  public Duration interval() {
    return interval;
  }

  HttpTarget target() {
    return target;
  }

  Expected expected() {
    return expected;
  }

  /** Whom its server may be vouched for by. */
  X509ExtendedTrustManager authorities() {
    X509ExtendedTrustManager runtime = family.authorities();
    return trusted == null ? runtime : trusted.besides(runtime);
  }

  @Override
  public CompletionStage<List<Observation>> run(Instant now) {
    return new HttpLook(family, this).start().thenApply(this::told);
  }

  private List<Observation> told(HttpLook.Outcome outcome) {
    Observation.Builder seen =
        Observation.newBuilder()
            .setSubject(subject)
            .setTimeMillis(clock.millis())
            .putMeasures("up", outcome.reason() == null ? 1 : 0);
    if (outcome.reason() != null) {
      seen.setReason(outcome.reason());
    }
    if (outcome.status() != null) {
      seen.putMeasures("statusCode", outcome.status());
      seen.putMeasures("responseMillis", outcome.millis());
    }
    if (outcome.certificateDays() != null) {
      seen.putMeasures("certificateDays", outcome.certificateDays().doubleValue());
    }
    return List.of(seen.build());
  }
}

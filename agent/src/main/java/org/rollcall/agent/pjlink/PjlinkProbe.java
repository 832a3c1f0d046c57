package org.rollcall.agent.pjlink;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.TerminalState;
import org.rollcall.protocol.v1.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A projector or display: one short connection a look, because many serve a single controller.
 *
 * <p>Measures: {@code state} and {@code up} ({@link TerminalState}), {@code power} (0 standby, 1
 * on, 2 cooling, 3 warming), {@code faultBits} ({@link ErrorStatus#bits}), {@code lampHours} (the
 * most of all lamps) and {@code lampHours1} to {@code lampHours8}, {@code filterHours} of class 2.
 * Hours are at most an hour old while it is on. Reasons: {@link Reasons}. Who greets and then says
 * nothing of use is neither up nor down: {@code state} and {@code up} are absent.
 *
 * <p>One look at a time; what is known is passed from look to look by the schedule.
 */
final class PjlinkProbe implements Probe {
  private static final Logger LOG = LoggerFactory.getLogger(PjlinkProbe.class);
  private static final int MOST_NAME = 128;
  private static final List<String> POWERS = List.of("0", "1", "2", "3");

  private final String subject;
  private final Endpoint endpoint;
  private final Duration interval;
  private final @Nullable String password;
  private final Access access;
  private final Known known = new Known();

  /**
   * What the probes share.
   *
   * @param bootstrap ready but for its handler
   * @param patience how long a projector may take for one line
   */
  record Access(Bootstrap bootstrap, NameLookup names, Clock clock, Duration patience) {}

  /**
   * @param password null: none is known
   */
  PjlinkProbe(
      String subject,
      Endpoint endpoint,
      Duration interval,
      @Nullable String password,
      Access access) {
    this.subject = subject;
    this.endpoint = endpoint;
    this.interval = interval;
    this.password = password;
    this.access = access;
  }

  @Override
  public List<String> subjects() {
    return List.of(subject);
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public CompletionStage<List<Observation>> run(Instant now) {
    return access
        .names()
        .address(endpoint)
        .thenCompose(
            address ->
                address.isPresent()
                    ? look(address.get(), now)
                    : CompletableFuture.completedFuture(Heard.nothing(Reasons.UNKNOWN_HOST)))
        .thenApply(heard -> List.of(tell(heard, now)));
  }

  private CompletionStage<Heard> look(InetAddress address, Instant now) {
    return connect(address, now)
        .thenCompose(
            heard -> {
              if (!heard.noSha256()) {
                return CompletableFuture.completedFuture(heard);
              }
              known.noSha256();
              return connect(address, now);
            });
  }

  private CompletableFuture<Heard> connect(InetAddress address, Instant now) {
    Session session = new Session(new Look(known, password, access.patience().toMillis(), now));
    ChannelFuture connecting =
        access
            .bootstrap()
            .clone()
            .handler(session)
            .connect(new InetSocketAddress(address, endpoint.port()));
    Future<Void> unused =
        connecting.addListener(
            done -> {
              if (!done.isSuccess()) {
                session.outcome().complete(Heard.nothing(reason(done.cause())));
              }
            });
    return session.outcome();
  }

  /** By the kind of the exception; the words of one are the operating system's. */
  private static String reason(@Nullable Throwable cause) {
    if (cause instanceof ConnectTimeoutException) {
      return Reasons.TIMEOUT;
    }
    return cause instanceof ConnectException ? Reasons.REFUSED : Reasons.UNREACHABLE;
  }

  private Observation tell(Heard heard, Instant now) {
    learn(heard.answers(), now);
    Observation.Builder told =
        Observation.newBuilder().setSubject(subject).setTimeMillis(access.clock().millis());
    String reason = heard.reason();
    String power = heard.answers().get("POWR");
    String errors = heard.answers().get("ERST");
    TerminalState state = state(power, errors);
    if (state != null) {
      state.tell(told);
      if (state == TerminalState.FAULT) {
        reason = Reasons.FAULT;
      } else if ("ERR3".equals(power)) {
        reason = Reasons.BUSY;
      }
    } else if (power != null) {
      reason = Reasons.BAD_ANSWER;
    } else if (!heard.greeted() && isSilence(reason)) {
      TerminalState.UNREACHABLE.tell(told);
    }
    if (power != null && POWERS.contains(power)) {
      told.putMeasures("power", power.charAt(0) - '0');
    }
    if (errors != null && ErrorStatus.isValid(errors)) {
      told.putMeasures("faultBits", ErrorStatus.bits(errors));
    }
    if (state != null) {
      hours(told);
    }
    return reason == null ? told.build() : told.setReason(reason).build();
  }

  /** Whether nobody there took the connection, or took it and was silent. */
  private static boolean isSilence(@Nullable String reason) {
    return Reasons.TIMEOUT.equals(reason)
        || Reasons.REFUSED.equals(reason)
        || Reasons.UNREACHABLE.equals(reason);
  }

  /**
   * ERR3 is standby: what cannot be told then, is (NEC among others). Cooling is standby too, its
   * lamp is off; warming is on.
   */
  private static @Nullable TerminalState state(@Nullable String power, @Nullable String errors) {
    if (power == null) {
      return null;
    }
    boolean failed = power.equals("ERR4") || "ERR4".equals(errors);
    if (failed || (errors != null && ErrorStatus.isValid(errors) && ErrorStatus.broken(errors))) {
      return TerminalState.FAULT;
    }
    return switch (power) {
      case "1", "3" -> TerminalState.ON;
      case "0", "2", "ERR3" -> TerminalState.STANDBY;
      default -> null;
    };
  }

  private void learn(Map<String, String> answers, Instant now) {
    answers.forEach(
        (command, answer) -> {
          if (answer.equals("ERR1") && !command.equals("POWR")) {
            known.doesNotKnow(command);
          }
        });
    value(answers, "CLSS", known::pjlinkClass);
    value(answers, "LAMP", known::lamps);
    value(answers, "FILT", known::filter);
    if ("1".equals(answers.get("POWR")) && known.hoursDue(now)) {
      known.hoursAsked(now); // answered or not: who chokes on LAMP must not choke at every look
    }
    if (!known.identified() && (answers.containsKey("INF1") || answers.containsKey("INF2"))) {
      known.identify();
      LOG.atInfo()
          .addKeyValue("subject", subject)
          .addKeyValue("maker", printable(answers.get("INF1")))
          .addKeyValue("model", printable(answers.get("INF2")))
          .addKeyValue("pjlinkClass", known.pjlinkClass())
          .log("Projector seen");
    }
  }

  private static void value(
      Map<String, String> answers, String command, java.util.function.Consumer<String> taker) {
    String answer = answers.get(command);
    if (answer != null && !Heard.isError(answer)) {
      taker.accept(answer);
    }
  }

  private static String printable(@Nullable String text) {
    if (text == null || Heard.isError(text)) {
      return "";
    }
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(MOST_NAME)
        .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return clean.toString();
  }

  private void hours(Observation.Builder told) {
    int[] lamps = known.lampHours();
    int most = -1;
    for (int i = 0; i < lamps.length; i++) {
      told.putMeasures("lampHours" + (i + 1), lamps[i]);
      most = Math.max(most, lamps[i]);
    }
    if (most >= 0) {
      told.putMeasures("lampHours", most);
    }
    Integer filter = known.filterHours();
    if (filter != null) {
      told.putMeasures("filterHours", filter);
    }
  }
}

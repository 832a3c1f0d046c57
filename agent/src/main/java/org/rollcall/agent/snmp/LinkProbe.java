package org.rollcall.agent.snmp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.smi.OID;

/**
 * One link of a device: whether it is up, its speed, and how much it carried since the last look.
 *
 * <p>The interface is known by its name. Its ifIndex is found by walking the names, and used only
 * as long as every answer shows the same name at it: an index is free to change whenever the device
 * starts again. Everything is read in one request, so that the counters belong to the uptime and
 * the name they came with.
 *
 * <p>Measures: {@code up}, {@code speedBitsPerSecond}, {@code counterBits}; with a rate also {@code
 * inBitsPerSecond}, {@code outBitsPerSecond}, {@code intervalSeconds}. Without one, the reason says
 * why. No answer: no measure at all, since a silent device does not tell whether its link is up.
 *
 * <p>One look at a time; its state is passed from look to look by the schedule.
 */
final class LinkProbe implements Probe {

  /** The device answers, but has no octet counters for the interface. */
  static final String NO_COUNTERS = "no-counters";

  /** The device does not tell its uptime, without which counters have no time. */
  static final String NO_UPTIME = "no-uptime";

  /** The device does not know whether the link is up. */
  static final String STATE_UNKNOWN = "state-unknown";

  /** A name that was not found is looked for again after this long, and not at every look. */
  static final Duration SEARCH_AGAIN = Duration.ofMinutes(5);

  private static final Logger log = LoggerFactory.getLogger(LinkProbe.class);

  /** What was missing, and until when that is taken for still so. */
  private record Missing(String reason, Instant until) {}

  private final String subject;
  private final String ifName;
  private final Duration interval;
  private final SnmpDevice device;
  private final CounterRate rate = new CounterRate();
  private InterfaceFinder.@Nullable Place place;
  private @Nullable Missing missing;

  LinkProbe(String subject, String ifName, Duration interval, SnmpDevice device) {
    this.subject = subject;
    this.ifName = ifName.strip();
    this.interval = interval;
    this.device = device;
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
    return look(now).thenApply(List::of);
  }

  private CompletableFuture<Observation> look(Instant now) {
    InterfaceFinder.Place known = place;
    if (known == null) {
      return search(now);
    }
    return poll(known)
        .thenCompose(
            answer -> {
              if (answer.fault() != null) {
                return CompletableFuture.completedFuture(nothing(answer.at(), answer.fault()));
              }
              if (ifName.equals(answer.text(Oids.at(known.nameColumn(), known.ifIndex())))) {
                return CompletableFuture.completedFuture(seen(known, answer));
              }
              place = null;
              log.atInfo()
                  .addKeyValue("subject", subject)
                  .addKeyValue("ifIndex", known.ifIndex())
                  .log("Interface has moved");
              return search(now);
            });
  }

  private CompletableFuture<Observation> search(Instant now) {
    Missing before = missing;
    if (before != null && now.isBefore(before.until())) {
      return CompletableFuture.completedFuture(nothing(now, before.reason()));
    }
    return InterfaceFinder.find(device, ifName)
        .thenCompose(
            found -> {
              InterfaceFinder.Place here = found.place();
              if (here == null) {
                String reason = found.reason() == null ? Answer.BAD_ANSWER : found.reason();
                missing = settled(reason) ? new Missing(reason, now.plus(SEARCH_AGAIN)) : null;
                return CompletableFuture.completedFuture(nothing(now, reason));
              }
              missing = null;
              place = here;
              return poll(here).thenApply(answer -> first(here, answer));
            });
  }

  /**
   * Whether the device has spoken: what it lacks it will lack for a while, but silence may end at
   * once.
   */
  private static boolean settled(String reason) {
    return switch (reason) {
      case InterfaceFinder.NO_SUCH_INTERFACE,
          InterfaceFinder.AMBIGUOUS_INTERFACE,
          InterfaceTable.NO_INTERFACES ->
          true;
      default -> false;
    };
  }

  private Observation first(InterfaceFinder.Place here, Answer answer) {
    if (answer.fault() != null) {
      return nothing(answer.at(), answer.fault());
    }
    if (!ifName.equals(answer.text(Oids.at(here.nameColumn(), here.ifIndex())))) {
      place = null;
      return nothing(answer.at(), Answer.BAD_ANSWER);
    }
    return seen(here, answer);
  }

  private CompletableFuture<Answer> poll(InterfaceFinder.Place at) {
    long index = at.ifIndex();
    return device.get(
        List.of(
            Oids.SYS_UP_TIME,
            Oids.at(at.nameColumn(), index),
            Oids.at(Oids.IF_COUNTER_DISCONTINUITY_TIME, index),
            Oids.at(Oids.IF_HC_IN_OCTETS, index),
            Oids.at(Oids.IF_HC_OUT_OCTETS, index),
            Oids.at(Oids.IF_IN_OCTETS, index),
            Oids.at(Oids.IF_OUT_OCTETS, index),
            Oids.at(Oids.IF_HIGH_SPEED, index),
            Oids.at(Oids.IF_SPEED, index),
            Oids.at(Oids.IF_TYPE, index),
            Oids.at(Oids.IF_OPER_STATUS, index),
            Oids.at(Oids.IF_ADMIN_STATUS, index)));
  }

  private Observation seen(InterfaceFinder.Place here, Answer answer) {
    Observation.Builder observation = observation(answer.at());
    long speed =
        LinkSpeed.of(
            at(here, answer, Oids.IF_HIGH_SPEED),
            at(here, answer, Oids.IF_SPEED),
            at(here, answer, Oids.IF_TYPE));
    if (speed > 0) {
      observation.putMeasures("speedBitsPerSecond", (double) speed);
    }
    Long admin = at(here, answer, Oids.IF_ADMIN_STATUS);
    Boolean up =
        InterfaceTable.State.of(at(here, answer, Oids.IF_OPER_STATUS))
            .passes(admin != null && admin == InterfaceTable.ADMIN_DOWN);
    if (up != null) {
      observation.putMeasures("up", up ? 1 : 0);
    }
    String reason = rate(here, answer, speed, observation);
    if (CounterRate.REBOOTED.equals(reason)) {
      place = null; // Names are numbered anew when a device starts.
    }
    if (reason == null && up == null) {
      reason = STATE_UNKNOWN;
    }
    return observation.setReason(reason == null ? "" : reason).build();
  }

  /** Puts the rate's measures; the reason when there is none. */
  private @Nullable String rate(
      InterfaceFinder.Place here, Answer answer, long speed, Observation.Builder into) {
    Long uptime = answer.ticks(Oids.SYS_UP_TIME);
    Octets octets =
        Octets.of(
            answer.value(Oids.at(Oids.IF_HC_IN_OCTETS, here.ifIndex())),
            answer.value(Oids.at(Oids.IF_HC_OUT_OCTETS, here.ifIndex())),
            answer.value(Oids.at(Oids.IF_IN_OCTETS, here.ifIndex())),
            answer.value(Oids.at(Oids.IF_OUT_OCTETS, here.ifIndex())));
    if (octets == null) {
      return NO_COUNTERS;
    }
    into.putMeasures("counterBits", octets.bits());
    if (uptime == null) {
      return NO_UPTIME;
    }
    Long discontinuity = answer.ticks(Oids.at(Oids.IF_COUNTER_DISCONTINUITY_TIME, here.ifIndex()));
    CounterRate.Outcome outcome =
        rate.next(
            new CounterRate.Sample(
                answer.at(),
                uptime,
                discontinuity == null ? 0 : discontinuity,
                octets.bits(),
                octets.in(),
                octets.out(),
                speed));
    if (outcome instanceof CounterRate.Gap gap) {
      return gap.reason();
    }
    CounterRate.Rate found = (CounterRate.Rate) outcome;
    into.putMeasures("inBitsPerSecond", found.inBitsPerSecond());
    into.putMeasures("outBitsPerSecond", found.outBitsPerSecond());
    into.putMeasures("intervalSeconds", found.intervalSeconds());
    return null;
  }

  private static @Nullable Long at(InterfaceFinder.Place here, Answer answer, OID column) {
    return answer.number(Oids.at(column, here.ifIndex()));
  }

  private Observation nothing(Instant at, String reason) {
    return observation(at).setReason(reason).build();
  }

  private Observation.Builder observation(Instant at) {
    return Observation.newBuilder().setSubject(subject).setTimeMillis(at.toEpochMilli());
  }
}

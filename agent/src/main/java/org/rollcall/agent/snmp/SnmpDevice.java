package org.rollcall.agent.snmp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.snmp4j.PDU;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.VariableBinding;

/**
 * One device to be asked: where, as whom, at which pace, and what it has shown that it cannot
 * answer. Futures never complete exceptionally. Any thread.
 */
final class SnmpDevice {

  /** After this long a device is asked again for what it refused; a project default. */
  static final Duration REFUSED_FOR = Duration.ofHours(1);

  private static final int MOST_REFUSED = 4096;

  private final NameLookup names;
  private final Clock clock;
  private final Endpoint endpoint;
  private final Access access;
  private final Pace pace;
  private final Appetite appetite;

  /** Objects for which the device refused the whole request they were in. */
  private final Set<OID> refused = ConcurrentHashMap.newKeySet(0);

  private volatile Instant refusedUntil = Instant.MAX;
  private volatile @Nullable InetSocketAddress known;

  SnmpDevice(NameLookup names, Clock clock, Endpoint endpoint, Access access, Pace pace) {
    this.names = names;
    this.clock = clock;
    this.endpoint = endpoint;
    this.access = access;
    this.pace = pace;
    this.appetite = new Appetite(access.modern());
  }

  /** Whether the device can have 64-bit counters, by the version it is asked in. */
  boolean modern() {
    return access.modern();
  }

  /** How much the device is asked for at once when tables are walked. */
  Appetite appetite() {
    return appetite;
  }

  CompletableFuture<Answer> get(OID... oids) {
    return get(Question.of(oids));
  }

  /**
   * The values of these objects, in one request; what the device lacks is absent from the answer.
   * Where it refuses the whole request for one object it cannot give, as v1 does for every one it
   * lacks, the request is sent again without that one, which is then left out for {@link
   * #REFUSED_FOR}; this ends because each time there is one less.
   */
  CompletableFuture<Answer> get(Question question) {
    return refused.isEmpty() && access.modern()
        ? send(question, List.of(question.bindings()))
        : getWhatItGives(question);
  }

  private CompletableFuture<Answer> getWhatItGives(Question question) {
    if (clock.instant().isAfter(refusedUntil)) {
      refused.clear();
    }
    List<VariableBinding> rest =
        List.of(question.bindings()).stream().filter(binding -> gives(binding.getOid())).toList();
    if (rest.isEmpty()) {
      return CompletableFuture.completedFuture(Answer.of(clock.instant(), List.of()));
    }
    return send(question, rest);
  }

  private boolean gives(OID oid) {
    boolean tooNew =
        !access.modern()
            && (oid.startsWith(Oids.IF_HC_IN_OCTETS) || oid.startsWith(Oids.IF_HC_OUT_OCTETS));
    return !tooNew && !refused.contains(oid);
  }

  private CompletableFuture<Answer> send(Question question, List<VariableBinding> asked) {
    return ask(() -> {
          PDU pdu = access.request();
          pdu.setType(PDU.GET);
          pdu.addAll(asked);
          return pdu;
        })
        .thenCompose(
            answer -> {
              int index = answer.errorIndex();
              if (!answer.refusesOne() || index > asked.size() || refused.size() >= MOST_REFUSED) {
                return CompletableFuture.completedFuture(answer);
              }
              if (refused.isEmpty()) {
                refusedUntil = clock.instant().plus(REFUSED_FOR);
              }
              refused.add(asked.get(index - 1).getOid());
              return getWhatItGives(question);
            });
  }

  /** What follows each of these OIDs, up to so many values each, interleaved. */
  CompletableFuture<Answer> getBulk(List<OID> after, int repetitions) {
    return ask(
        () -> {
          PDU pdu = access.request();
          after.forEach(oid -> pdu.add(new VariableBinding(oid)));
          if (repetitions > 1 && access.modern()) {
            pdu.setType(PDU.GETBULK);
            pdu.setMaxRepetitions(repetitions);
          } else {
            // The same question in its oldest form, for devices that know or stand no newer one.
            pdu.setType(PDU.GETNEXT);
          }
          return pdu;
        });
  }

  private CompletableFuture<Answer> ask(Supplier<PDU> request) {
    InetSocketAddress there = known;
    if (there != null) {
      return pace.run(() -> access.ask(there, request.get()));
    }
    return names
        .address(endpoint)
        .thenCompose(
            (Optional<InetAddress> address) -> {
              if (address.isEmpty()) {
                return CompletableFuture.completedFuture(
                    Answer.failed(clock.instant(), Answer.UNKNOWN_HOST));
              }
              InetSocketAddress to = new InetSocketAddress(address.get(), endpoint.port());
              if (endpoint.literal() != null) {
                known = to; // A name may move; an address does not.
              }
              return pace.run(() -> access.ask(to, request.get()));
            });
  }

  /** Where it is; as whom it is asked is a secret. */
  @Override
  public String toString() {
    return endpoint.toString();
  }
}

package org.rollcall.agent.snmp;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.snmp4j.CommunityTarget;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;

/**
 * One device to be asked: where, with which community, how patiently. Futures never complete
 * exceptionally.
 */
final class SnmpDevice {

  private final SnmpSession session;
  private final NameLookup names;
  private final Clock clock;
  private final Endpoint endpoint;
  private final String community;
  private final SnmpSettings settings;
  private volatile @Nullable CommunityTarget<UdpAddress> target;

  SnmpDevice(
      SnmpSession session,
      NameLookup names,
      Clock clock,
      Endpoint endpoint,
      String community,
      SnmpSettings settings) {
    this.session = session;
    this.names = names;
    this.clock = clock;
    this.endpoint = endpoint;
    this.community = community;
    this.settings = settings;
  }

  /**
   * The values at these OIDs, in one request. Where a device refuses the whole request for one OID
   * it cannot give, the request is sent again without that OID; this ends because each time there
   * is one less.
   */
  CompletableFuture<Answer> get(List<OID> oids) {
    return ask(to -> session.get(to, oids))
        .thenCompose(
            answer -> {
              int refused = answer.errorIndex();
              if (!Answer.DEVICE_ERROR.equals(answer.fault())
                  || refused < 1
                  || refused > oids.size()
                  || oids.size() == 1) {
                return CompletableFuture.completedFuture(answer);
              }
              List<OID> rest = new ArrayList<>(oids);
              rest.remove(refused - 1);
              return get(rest);
            });
  }

  CompletableFuture<Answer> getBulk(List<OID> after, int repetitions) {
    return ask(to -> session.getBulk(to, after, repetitions));
  }

  private CompletableFuture<Answer> ask(
      Function<CommunityTarget<UdpAddress>, CompletableFuture<Answer>> request) {
    CommunityTarget<UdpAddress> known = target;
    if (known != null) {
      return request.apply(known);
    }
    return names
        .address(endpoint)
        .thenCompose(
            (Optional<InetAddress> address) -> {
              if (address.isEmpty()) {
                return CompletableFuture.completedFuture(
                    Answer.failed(clock.instant(), Answer.UNKNOWN_HOST));
              }
              CommunityTarget<UdpAddress> to = target(address.get());
              if (endpoint.literal() != null) {
                target = to; // A name may move; an address does not.
              }
              return request.apply(to);
            });
  }

  private CommunityTarget<UdpAddress> target(InetAddress address) {
    CommunityTarget<UdpAddress> to =
        new CommunityTarget<>(
            new UdpAddress(address, endpoint.port()),
            new OctetString(community.getBytes(StandardCharsets.UTF_8)));
    to.setVersion(SnmpConstants.version2c);
    to.setTimeout(settings.timeout().toMillis());
    to.setRetries(settings.retries());
    return to;
  }

  /** Where it is; the community is a secret. */
  @Override
  public String toString() {
    return endpoint.toString();
  }
}

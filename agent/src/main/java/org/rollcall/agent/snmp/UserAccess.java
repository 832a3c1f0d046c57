package org.rollcall.agent.snmp;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Credential;
import org.snmp4j.DirectUserTarget;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.UserTarget;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;

/**
 * v3: one user at one device. The engine that answers at the address is asked for its name first
 * (RFC 3414 section 4) and remembered; its clock is learnt from its first authenticated report, and
 * again whenever it says that we do not meet. An engine that went back in time, as a device does
 * that keeps no count of its starts, is taken for a new one: its messages cannot be accepted as
 * they stand, so it is asked anew who it is.
 *
 * <p>Ends, because each exchange has at most {@value #MOST_STEPS} requests. One exchange at a time,
 * which the device's {@link Pace} sees to.
 */
final class UserAccess implements Access {

  /** Name, clock, the request; and the same once more when the engine is a new one. */
  private static final int MOST_STEPS = 6;

  private record Engine(UserTarget<UdpAddress> target, byte[] id) {}

  private final SnmpSession session;
  private final Credential credential;
  private final SnmpSettings settings;
  private volatile @Nullable Engine engine;

  UserAccess(SnmpSession session, Credential credential, SnmpSettings settings) {
    this.session = session;
    this.credential = credential;
    this.settings = settings;
  }

  @Override
  public PDU request() {
    return new ScopedPDU();
  }

  @Override
  public boolean modern() {
    return true;
  }

  @Override
  public CompletableFuture<Answer> ask(InetSocketAddress to, PDU request) {
    UdpAddress address = new UdpAddress(to.getAddress(), to.getPort());
    return step(new Exchange(session.usm(), address, (ScopedPDU) request), MOST_STEPS);
  }

  private static final class Exchange {
    final UsmSession usm;
    final UdpAddress address;
    final ScopedPDU request;

    /** The engine has said its name while this lasted: it is there. */
    boolean met;

    Exchange(UsmSession usm, UdpAddress address, ScopedPDU request) {
      this.usm = usm;
      this.address = address;
      this.request = request;
    }
  }

  private CompletableFuture<Answer> step(Exchange exchange, int left) {
    if (left == 0) {
      return CompletableFuture.completedFuture(session.failed(UsmSession.NOT_IN_TIME_WINDOW));
    }
    Engine known = engine;
    if (known == null || !known.target.getAddress().equals(exchange.address)) {
      return discover(exchange)
          .thenCompose(
              fault ->
                  fault == null
                      ? step(exchange, left - 1)
                      : CompletableFuture.completedFuture(fault));
    }
    exchange.request.setRequestID(new Integer32(0));
    exchange.request.setContextEngineID(new OctetString(known.id));
    return exchange
        .usm
        .ask(known.target, exchange.request, settings)
        .thenCompose(answer -> after(exchange, answer, left));
  }

  private CompletableFuture<Answer> after(Exchange exchange, Answer answer, int left) {
    String fault = answer.fault();
    if (Answer.TIMEOUT.equals(fault)) {
      return afterSilence(exchange, answer, left);
    }
    if (UsmSession.UNKNOWN_ENGINE.equals(fault)) {
      forget(exchange);
      return step(exchange, left - 1);
    }
    if (UsmSession.NOT_IN_TIME_WINDOW.equals(fault)) {
      return step(exchange, left - 1);
    }
    return CompletableFuture.completedFuture(answer);
  }

  /**
   * Silence may be the security model's: an engine that went back in time or has another name now
   * says what cannot be accepted, so it is asked anew who it is. And what it cannot decrypt an
   * engine may take for noise, as net-snmp does: that shows when it answers to the same user
   * without encryption, be it a refusal.
   */
  private CompletableFuture<Answer> afterSilence(Exchange exchange, Answer silence, int left) {
    Engine known = engine;
    forget(exchange);
    if (!exchange.met) {
      return step(exchange, left - 1);
    }
    if (known == null || credential.privacy() == null) {
      return CompletableFuture.completedFuture(silence);
    }
    DirectUserTarget<UdpAddress> open = target(exchange, known.id);
    open.setSecurityLevel(SecurityLevel.AUTH_NOPRIV);
    open.setPrivacyKey(null);
    open.setPrivacyProtocol(null);
    ScopedPDU question = new ScopedPDU();
    question.setType(PDU.GET);
    return exchange
        .usm
        .ask(open, question, settings)
        .thenApply(
            answer ->
                Answer.TIMEOUT.equals(answer.fault())
                    ? silence
                    : session.failed(UsmSession.WRONG_PRIVACY));
  }

  private void forget(Exchange exchange) {
    exchange.usm.forget(exchange.address);
    engine = null;
  }

  /** Asks who answers there; null when that is known now, else why not. */
  private CompletableFuture<@Nullable Answer> discover(Exchange exchange) {
    exchange.usm.forget(exchange.address);
    UserTarget<UdpAddress> anybody = new UserTarget<>();
    anybody.setAddress(exchange.address);
    anybody.setSecurityName(new OctetString());
    anybody.setVersion(SnmpConstants.version3);
    ScopedPDU question = new ScopedPDU();
    question.setType(PDU.GET);
    return exchange
        .usm
        .ask(anybody, question, settings)
        .thenApply(
            answer -> {
              byte[] id = exchange.usm.engineAt(exchange.address);
              if (id == null || id.length == 0) {
                return answer.fault() == null ? session.failed(Answer.BAD_ANSWER) : answer;
              }
              exchange.met = true;
              engine = new Engine(target(exchange, id), id);
              return null;
            });
  }

  private DirectUserTarget<UdpAddress> target(Exchange exchange, byte[] id) {
    OctetString user =
        new OctetString(String.valueOf(credential.user()).getBytes(StandardCharsets.UTF_8));
    LocalKeys.Pair keys = exchange.usm.keys(credential, id);
    if (keys.authKey() == null) {
      exchange.usm.addUser(user);
    }
    DirectUserTarget<UdpAddress> target =
        new DirectUserTarget<>(
            exchange.address,
            user,
            id,
            keys.auth(),
            keys.authKey(),
            keys.privacy(),
            keys.privacyKey());
    target.setVersion(SnmpConstants.version3);
    return target;
  }
}

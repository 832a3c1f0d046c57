package org.rollcall.agent.snmp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Credential;
import org.snmp4j.CommandResponder;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Target;
import org.snmp4j.TransportStateReference;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.PduHandle;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.AbstractTransportMapping;

/**
 * SNMPv3 over the session's socket: SNMP4J's message processing and user-based security model (RFC
 * 3412, 3414), with the books of what was asked. What an engine refuses with a report comes out as
 * a reason of its own ({@link #reason}); which engine answers at an address, its keys and its clock
 * are {@link UserAccess}'s affair.
 */
final class UsmSession implements CommandResponder {

  /** The engine does not know the user. */
  static final String UNKNOWN_USER = "unknown-user";

  /** The engine computes another digest: the password or the method is wrong. */
  static final String WRONG_DIGEST = "wrong-digest";

  /** The engine cannot decrypt: the privacy password or method is wrong. */
  static final String WRONG_PRIVACY = "wrong-privacy";

  /** The engine's clock and what we know of it do not meet. */
  static final String NOT_IN_TIME_WINDOW = "not-in-time-window";

  /** The engine has another name now. */
  static final String UNKNOWN_ENGINE = "unknown-engine";

  /** The user may not speak at this level of security. */
  static final String UNSUPPORTED_LEVEL = "unsupported-security-level";

  private static final Map<OID, String> REASONS =
      Map.of(
          SnmpConstants.usmStatsUnknownUserNames, UNKNOWN_USER,
          SnmpConstants.usmStatsWrongDigests, WRONG_DIGEST,
          SnmpConstants.usmStatsDecryptionErrors, WRONG_PRIVACY,
          SnmpConstants.usmStatsNotInTimeWindows, NOT_IN_TIME_WINDOW,
          SnmpConstants.usmStatsUnknownEngineIDs, UNKNOWN_ENGINE,
          SnmpConstants.usmStatsUnsupportedSecLevels, UNSUPPORTED_LEVEL);

  private final SnmpSession session;
  private final MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
  private final MPv3 processing;
  private final USM security;
  private final Transport transport = new Transport();
  private final LocalKeys keys = new LocalKeys();
  private final Map<Integer, UsmRequest> open = new ConcurrentHashMap<>();

  UsmSession(SnmpSession session) {
    this.session = session;
    SecurityProtocols protocols = new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.none);
    LocalKeys.addAll(protocols);
    byte[] localEngine = MPv3.createLocalEngineID();
    CounterSupport counters = new CounterSupport();
    security = new USM(protocols, new OctetString(localEngine), 0, counters);
    SecurityModels models = new SecurityModels();
    models.addSecurityModel(security);
    processing = new MPv3(localEngine, null, protocols, models, counters);
    dispatcher.addMessageProcessingModel(processing);
    dispatcher.addTransportMapping(transport);
    dispatcher.addCommandResponder(this);
  }

  /** Keys of a user at an engine, computed once. */
  LocalKeys.Pair keys(Credential credential, byte[] engine) {
    return keys.of(credential, engine);
  }

  /** Makes a user known who signs nothing; those who do bring their keys with the target. */
  void addUser(OctetString name) {
    security.addUser(new UsmUser(name, null, null, null, null));
  }

  /** Sends as the target says; what comes back is an answer, or the reason of a report. */
  CompletableFuture<Answer> ask(Target<UdpAddress> target, ScopedPDU pdu, SnmpSettings settings) {
    return new UsmRequest(target, pdu, settings).begin();
  }

  /** The engine that answered at the address last; null for none. */
  byte @Nullable [] engineAt(UdpAddress address) {
    OctetString engine = processing.getEngineID(address);
    return engine == null ? null : engine.getValue();
  }

  /** Forgets which engine answers at the address, and what its clock showed. */
  void forget(UdpAddress address) {
    OctetString engine = processing.removeEngineID(address);
    if (engine != null) {
      security.removeEngineTime(engine);
    }
  }

  int pending() {
    return open.size();
  }

  /** A message that arrived; on the receiving thread. */
  void take(InetSocketAddress from, ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    UdpAddress address = new UdpAddress(from.getAddress(), from.getPort());
    dispatcher.processMessage(
        transport,
        address,
        ByteBuffer.wrap(bytes),
        new TransportStateReference(
            transport,
            address,
            null,
            SecurityLevel.undefined,
            SecurityLevel.undefined,
            false,
            transport));
  }

  @Override
  public <A extends Address> void processPdu(CommandResponderEvent<A> event) {
    PDU pdu = event.getPDU();
    UsmRequest request = open.get(event.getPduHandle().getTransactionID());
    if (request == null) {
      return;
    }
    event.setProcessed(true);
    if (pdu.getType() == PDU.RESPONSE) {
      request.end(session.answer(pdu));
    } else if (pdu.getType() == PDU.REPORT) {
      request.end(session.failed(reason(pdu)));
    }
  }

  /** What a report means; RFC 3414 section 5 and RFC 3412 section 5. */
  private static String reason(PDU report) {
    OID first = report.size() == 0 ? null : report.get(0).getOid();
    return first == null ? Answer.BAD_ANSWER : REASONS.getOrDefault(first, Answer.DEVICE_ERROR);
  }

  private final class UsmRequest extends Request {
    private final Target<UdpAddress> target;
    private final ScopedPDU pdu;

    /** SNMP4J keeps what belongs to the handle only as long as somebody holds it. */
    private volatile @Nullable PduHandle handle;

    UsmRequest(Target<UdpAddress> target, ScopedPDU pdu, SnmpSettings settings) {
      super(session, settings);
      this.target = target;
      this.pdu = pdu;
    }

    @Override
    void transmit() throws IOException {
      dispatcher.sendPdu(transport, target, pdu, true, (assigned, same) -> assigned(assigned));
    }

    private void assigned(PduHandle assigned) {
      handle = assigned;
      open.put(assigned.getTransactionID(), this);
    }

    @Override
    void forget() {
      PduHandle held = handle;
      if (held != null) {
        open.remove(held.getTransactionID());
        dispatcher.releaseStateReference(SnmpConstants.version3, held);
        handle = null;
      }
    }
  }

  /** SNMP4J's door to the session's socket. */
  private final class Transport extends AbstractTransportMapping<UdpAddress> {
    @Override
    public Class<? extends Address> getSupportedAddressClass() {
      return UdpAddress.class;
    }

    @Override
    public UdpAddress getListenAddress() {
      return new UdpAddress();
    }

    @Override
    public void sendMessage(
        UdpAddress address,
        byte[] message,
        TransportStateReference state,
        long timeoutMillis,
        int maxRetries)
        throws IOException {
      session.transmit(new InetSocketAddress(address.getInetAddress(), address.getPort()), message);
    }

    @Override
    public void listen() {}

    @Override
    public boolean isListening() {
      return true;
    }

    @Override
    public void close() {}
  }
}

package org.rollcall.agent.snmp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.Snmp;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.event.ResponseListener;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/**
 * The one socket through which all devices are asked, by SNMP v2c. Requests and answers are matched
 * by SNMP4J: an answer that comes twice, late or unasked is dropped. Futures complete on the
 * receiving or the waiting thread, never exceptionally.
 */
final class SnmpSession implements AutoCloseable {

  private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;

  private final Clock clock;
  private @Nullable Snmp snmp;

  SnmpSession(Clock clock) {
    this.clock = clock;
  }

  /** Opens the socket and starts the receiving thread. */
  synchronized void start() {
    try {
      DefaultUdpTransportMapping transport = new DefaultUdpTransportMapping();
      transport.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
      MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
      dispatcher.addMessageProcessingModel(new MPv2c());
      Snmp opened = new Snmp(dispatcher, transport);
      opened.listen();
      snmp = opened;
    } catch (IOException refused) {
      throw new UncheckedIOException(
          "No UDP socket could be opened to ask SNMP devices from; see whether this machine has sockets left",
          refused);
    }
  }

  /**
   * What the device has at exactly these OIDs. One request; what it lacks is absent from the
   * answer.
   */
  CompletableFuture<Answer> get(CommunityTarget<UdpAddress> target, List<OID> oids) {
    PDU pdu = new PDU();
    pdu.setType(PDU.GET);
    oids.forEach(oid -> pdu.add(new VariableBinding(oid)));
    return send(target, pdu);
  }

  /** What follows each of these OIDs, up to so many values each, interleaved. */
  CompletableFuture<Answer> getBulk(
      CommunityTarget<UdpAddress> target, List<OID> after, int repetitions) {
    PDU pdu = new PDU();
    after.forEach(oid -> pdu.add(new VariableBinding(oid)));
    if (repetitions > 1) {
      pdu.setType(PDU.GETBULK);
      pdu.setMaxRepetitions(repetitions);
    } else {
      // The same question in its oldest form, for devices that stumble over the newer one.
      pdu.setType(PDU.GETNEXT);
    }
    return send(target, pdu);
  }

  private synchronized @Nullable Snmp open() {
    return snmp;
  }

  private CompletableFuture<Answer> send(CommunityTarget<UdpAddress> target, PDU pdu) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Snmp opened = open();
    if (opened == null) {
      answer.complete(Answer.failed(clock.instant(), Answer.UNREACHABLE));
      return answer;
    }
    ResponseListener listener =
        new ResponseListener() {
          @Override
          public <A extends Address> void onResponse(ResponseEvent<A> event) {
            // Or the request stays on SNMP4J's books for ever.
            opened.cancel(event.getRequest(), this);
            answer.complete(answerOf(event));
          }
        };
    try {
      opened.send(pdu, target, null, listener);
    } catch (IOException notSent) {
      opened.cancel(pdu, listener);
      answer.complete(Answer.failed(clock.instant(), Answer.UNREACHABLE));
    }
    return answer;
  }

  private Answer answerOf(ResponseEvent<?> event) {
    PDU response = event.getResponse();
    if (response == null) {
      return Answer.failed(
          clock.instant(), event.getError() == null ? Answer.TIMEOUT : Answer.BAD_ANSWER);
    }
    if (response.getType() != PDU.RESPONSE) {
      return Answer.failed(clock.instant(), Answer.BAD_ANSWER);
    }
    return switch (response.getErrorStatus()) {
      case PDU.noError -> Answer.of(clock.instant(), response.getVariableBindings());
      case PDU.tooBig -> Answer.refused(clock.instant(), Answer.TOO_BIG, 0);
      default -> Answer.refused(clock.instant(), Answer.DEVICE_ERROR, response.getErrorIndex());
    };
  }

  /** Requests nobody has answered or given up yet. */
  int pending() {
    Snmp opened = open();
    return opened == null ? 0 : opened.getPendingAsyncRequestCount();
  }

  @Override
  public synchronized void close() {
    Snmp opened = snmp;
    snmp = null;
    if (opened != null) {
      try {
        opened.close();
      } catch (IOException closing) {
        throw new UncheckedIOException("The SNMP socket could not be closed", closing);
      }
    }
  }
}

package org.rollcall.agent.snmp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.PDU;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;

/**
 * The one socket through which all devices are asked, and the books of what was asked. SNMP4J reads
 * and writes the messages; those of v1 and v2c are matched here, by request id, those of v3 by
 * {@link UsmSession}, which exists only when a device wants it. An answer that comes twice, late,
 * unasked or cut off is dropped and counted. Futures complete on the receiving or the waiting
 * thread, never exceptionally.
 */
final class SnmpSession implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SnmpSession.class);
  private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;

  /** Ids are positive, and all of one length: some devices give back no other. */
  private static final int ID_BITS = 0x3fff_ffff;

  private static final int ID_LENGTH = 0x4000_0000;
  private static final int LARGEST_MESSAGE = 65_535;

  private final Clock clock;
  private final Waits waits = new Waits();
  private final Map<Integer, Request> open = new ConcurrentHashMap<>();
  private final AtomicInteger lastId = new AtomicInteger(new SecureRandom().nextInt());
  private final LongAdder dropped = new LongAdder();
  private volatile @Nullable DatagramSocket socket;
  private volatile @Nullable UsmSession usm;

  SnmpSession(Clock clock) {
    this.clock = clock;
  }

  /** Opens the socket and starts the receiving thread. */
  synchronized void start() {
    try {
      DatagramSocket opened = new DatagramSocket();
      opened.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
      socket = opened;
      waits.start();
      Thread receiving = new Thread(() -> receive(opened), "snmp-receive");
      receiving.setDaemon(true);
      receiving.start();
    } catch (IOException refused) {
      throw new UncheckedIOException(
          "No UDP socket could be opened to ask SNMP devices from; see whether this machine has sockets left",
          refused);
    }
  }

  Waits waits() {
    return waits;
  }

  Answer failed(String fault) {
    return Answer.failed(clock.instant(), fault);
  }

  /** The books of v3; made when first asked for. */
  UsmSession usm() {
    UsmSession made = usm;
    if (made == null) {
      synchronized (this) {
        made = usm;
        if (made == null) {
          made = new UsmSession(this);
          usm = made;
        }
      }
    }
    return made;
  }

  /** Asks by v1 or v2c. The request's id is set here. */
  CompletableFuture<Answer> ask(
      InetSocketAddress to, int version, byte[] community, PDU pdu, SnmpSettings settings) {
    int id = (lastId.incrementAndGet() & ID_BITS) | ID_LENGTH;
    pdu.setRequestID(new Integer32(id));
    byte[] message;
    try {
      message = message(version, community, pdu);
    } catch (IOException bug) {
      throw new IllegalStateException("BUG: a request that cannot be written", bug);
    }
    Request request =
        new Request(this, settings) {
          @Override
          void transmit() throws IOException {
            SnmpSession.this.transmit(to, message);
          }

          @Override
          void forget() {
            open.remove(id);
          }
        };
    open.put(id, request);
    return request.begin();
  }

  private static byte[] message(int version, byte[] community, PDU pdu) throws IOException {
    Integer32 number = new Integer32(version);
    OctetString secret = new OctetString(community);
    int length = number.getBERLength() + secret.getBERLength() + pdu.getBERLength();
    ByteBuffer buffer = ByteBuffer.allocate(length + 1 + BER.getBERLengthOfLength(length));
    BEROutputStream out = new BEROutputStream(buffer);
    BER.encodeHeader(out, BER.SEQUENCE, length);
    number.encodeBER(out);
    secret.encodeBER(out);
    pdu.encodeBER(out);
    return buffer.array();
  }

  /** Sends bytes; any thread. */
  void transmit(InetSocketAddress to, byte[] message) throws IOException {
    DatagramSocket open = socket;
    if (open == null) {
      throw new IOException("The session is closed");
    }
    try {
      open.send(new DatagramPacket(message, message.length, to));
    } catch (IllegalArgumentException noSuchAddress) {
      throw new IOException(noSuchAddress);
    }
  }

  private void receive(DatagramSocket from) {
    byte[] buffer = new byte[LARGEST_MESSAGE];
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    while (!from.isClosed()) {
      try {
        packet.setLength(buffer.length);
        from.receive(packet);
        take(packet);
      } catch (IOException | RuntimeException bad) {
        // Whatever anybody sends must not end this thread.
        if (!from.isClosed()) {
          dropped.increment();
          log.atDebug().setCause(bad).log("Message not understood");
        }
      }
    }
  }

  /** A datagram that arrived; whatever it throws but an error costs that datagram alone. */
  void take(DatagramPacket packet) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    BERInputStream in = new BERInputStream(bytes);
    BER.decodeHeader(in, new BER.MutableByte());
    Integer32 version = new Integer32();
    version.decodeBER(in);
    if (version.getValue() == SnmpConstants.version3) {
      UsmSession books = usm;
      if (books != null) {
        bytes.rewind();
        books.take((InetSocketAddress) packet.getSocketAddress(), bytes);
      }
      return;
    }
    new OctetString().decodeBER(in);
    PDU pdu = new PDU();
    pdu.decodeBER(in);
    Request request =
        pdu.getType() == PDU.RESPONSE ? open.get(pdu.getRequestID().getValue()) : null;
    if (request == null) {
      dropped.increment();
    } else {
      request.end(answer(pdu));
    }
  }

  /** What a response says. */
  Answer answer(PDU response) {
    return switch (response.getErrorStatus()) {
      case PDU.noError -> Answer.of(clock.instant(), response.getVariableBindings());
      case PDU.tooBig -> Answer.refused(clock.instant(), Answer.TOO_BIG, 0);
      case PDU.noSuchName ->
          Answer.refused(clock.instant(), Answer.NO_SUCH_NAME, response.getErrorIndex());
      case PDU.noAccess, PDU.authorizationError ->
          Answer.refused(clock.instant(), Answer.NO_ACCESS, 0);
      default -> Answer.refused(clock.instant(), Answer.DEVICE_ERROR, response.getErrorIndex());
    };
  }

  /** Requests nobody has answered or given up yet. */
  int pending() {
    UsmSession books = usm;
    return open.size() + (books == null ? 0 : books.pending());
  }

  /** Messages received that answered nothing. */
  long dropped() {
    return dropped.sum();
  }

  @Override
  public synchronized void close() {
    DatagramSocket opened = socket;
    socket = null;
    if (opened != null) {
      opened.close();
    }
    waits.close();
  }
}

package org.rollcall.agent.snmp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.snmp4j.PDU;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * An SNMP v1 and v2c responder on loopback whose every answer a test can bend: the table it answers
 * from, and what becomes of an answer before it is sent.
 */
public final class FakeDevice implements AutoCloseable {

  private final DatagramSocket socket;
  private final Thread thread;
  private final Map<OID, Variable> values = new TreeMap<>();
  public final AtomicInteger requests = new AtomicInteger();

  /** Turns the right answer into those that are sent, none for silence. */
  private volatile Function<PDU, List<PDU>> manner = List::of;

  /** What becomes of the bytes of an answer. */
  private volatile UnaryOperator<byte[]> wire = bytes -> bytes;

  /** The community of the last request. */
  volatile byte[] community = new byte[0];

  public FakeDevice() {
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
    thread = new Thread(this::serve, "fake-device");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return socket.getLocalPort();
  }

  public synchronized FakeDevice put(OID oid, Variable value) {
    values.put(oid, value);
    return this;
  }

  public synchronized FakeDevice remove(OID oid) {
    values.remove(oid);
    return this;
  }

  public FakeDevice manner(Function<PDU, List<PDU>> bent) {
    manner = bent;
    return this;
  }

  FakeDevice wire(UnaryOperator<byte[]> bent) {
    wire = bent;
    return this;
  }

  private void serve() {
    byte[] buffer = new byte[65_535];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        requests.incrementAndGet();
        answer(packet);
      } catch (IOException closed) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(closed);
        }
      }
    }
  }

  private void answer(DatagramPacket packet) throws IOException {
    BERInputStream in =
        new BERInputStream(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
    BER.decodeHeader(in, new BER.MutableByte());
    Integer32 version = new Integer32();
    version.decodeBER(in);
    OctetString community = new OctetString();
    community.decodeBER(in);
    this.community = community.getValue();
    PDU request = new PDU();
    request.decodeBER(in);
    for (PDU response : manner.apply(right(version.getValue(), request))) {
      BEROutputStream out = new BEROutputStream(ByteBuffer.allocate(65_535));
      int length = version.getBERLength() + community.getBERLength() + response.getBERLength();
      BER.encodeHeader(out, BER.SEQUENCE, length);
      version.encodeBER(out);
      community.encodeBER(out);
      response.encodeBER(out);
      byte[] bytes = new byte[out.getBuffer().position()];
      out.getBuffer().flip().get(bytes);
      byte[] sent = wire.apply(bytes);
      socket.send(new DatagramPacket(sent, sent.length, packet.getSocketAddress()));
    }
  }

  /** In v1 one missing object, or the end of a table, fails the request. */
  private PDU right(int version, PDU request) {
    PDU response = right(request);
    for (int i = 0; i < response.size() && version == SnmpConstants.version1; i++) {
      if (response.get(i).isException() || response.get(i).getVariable() instanceof Counter64) {
        PDU refusal = new PDU();
        refusal.setType(PDU.RESPONSE);
        refusal.setRequestID(request.getRequestID());
        refusal.setErrorStatus(PDU.noSuchName);
        refusal.setErrorIndex(i + 1);
        request.getVariableBindings().forEach(refusal::add);
        return refusal;
      }
    }
    return response;
  }

  private synchronized PDU right(PDU request) {
    PDU response = new PDU();
    response.setType(PDU.RESPONSE);
    response.setRequestID(request.getRequestID());
    if (request.getType() == PDU.GET) {
      for (VariableBinding asked : request.getVariableBindings()) {
        Variable value = values.get(asked.getOid());
        response.add(
            new VariableBinding(asked.getOid(), value == null ? Null.noSuchInstance : value));
      }
      return response;
    }
    OID[] places =
        request.getVariableBindings().stream().map(VariableBinding::getOid).toArray(OID[]::new);
    int repetitions = request.getType() == PDU.GETBULK ? request.getMaxRepetitions() : 1;
    for (int i = 0; i < repetitions; i++) {
      for (int column = 0; column < places.length; column++) {
        response.add(after(places[column]));
        places[column] = response.get(response.size() - 1).getOid();
      }
    }
    return response;
  }

  private VariableBinding after(OID place) {
    Map.Entry<OID, Variable> next = ((TreeMap<OID, Variable>) values).higherEntry(place);
    return next == null
        ? new VariableBinding(place, Null.endOfMibView)
        : new VariableBinding(next.getKey(), next.getValue());
  }

  @Override
  public void close() {
    socket.close();
  }
}

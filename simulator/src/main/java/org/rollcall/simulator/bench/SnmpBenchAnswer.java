package org.rollcall.simulator.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.snmp4j.PDU;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.VariableBinding;

/**
 * An answer that is written once and patched for every request that asks the same. The request's id
 * must be written in four bytes, as any but the smallest is.
 */
final class SnmpBenchAnswer {
  private static final int TICKS_A_POLL = 100;
  private static final long OCTETS_A_POLL = 1_250_000;
  private static final int ID_BYTES = 4;

  private final byte[] request;
  private final int requestId;
  private final byte[] answer;
  private final ByteBuffer out;
  private final int answerId;
  private final int[] ticks;
  private final int[] octets;

  private SnmpBenchAnswer(
      byte[] request, byte[] answer, List<Integer> ticks, List<Integer> octets, byte[] id) {
    this.request = request;
    this.requestId = find(request, id, 0);
    this.answer = answer;
    this.out = ByteBuffer.wrap(answer);
    this.answerId = find(answer, id, 0);
    this.ticks = ticks.stream().mapToInt(i -> i).toArray();
    this.octets = octets.stream().mapToInt(i -> i).toArray();
  }

  /** The answer of a device to a request. */
  static SnmpBenchAnswer of(SnmpBenchMib mib, byte[] bytes, int length) throws IOException {
    byte[] request = Arrays.copyOf(bytes, length);
    BERInputStream in = new BERInputStream(ByteBuffer.wrap(request));
    BER.decodeHeader(in, new BER.MutableByte());
    Integer32 version = new Integer32();
    version.decodeBER(in);
    OctetString community = new OctetString();
    community.decodeBER(in);
    PDU asked = new PDU();
    asked.decodeBER(in);
    PDU pdu = answer(mib, asked);
    int size = version.getBERLength() + community.getBERLength() + pdu.getBERLength();
    ByteBuffer buffer = ByteBuffer.allocate(size + 1 + BER.getBERLengthOfLength(size));
    BEROutputStream out = new BEROutputStream(buffer);
    BER.encodeHeader(out, BER.SEQUENCE, size);
    version.encodeBER(out);
    community.encodeBER(out);
    pdu.encodeBER(out);
    byte[] answer = buffer.array();
    List<Integer> ticks = new ArrayList<>();
    List<Integer> octets = new ArrayList<>();
    int place = 0;
    for (VariableBinding binding : pdu.getVariableBindings()) {
      byte[] oid = encoded(binding.getOid());
      place = find(answer, oid, place) + oid.length;
      if (binding.getOid().equals(SnmpBenchMib.UPTIME)) {
        ticks.add(place + 2);
      } else if (binding.getVariable() instanceof Counter64) {
        octets.add(place + 2);
      }
    }
    return new SnmpBenchAnswer(
        request, answer, ticks, octets, number(asked.getRequestID().getValue(), ID_BYTES));
  }

  private static PDU answer(SnmpBenchMib mib, PDU asked) {
    PDU pdu = new PDU();
    pdu.setType(PDU.RESPONSE);
    pdu.setRequestID(asked.getRequestID());
    OID[] places =
        asked.getVariableBindings().stream().map(VariableBinding::getOid).toArray(OID[]::new);
    int repetitions = asked.getType() == PDU.GETBULK ? asked.getMaxRepetitions() : 1;
    for (int i = 0; i < repetitions; i++) {
      for (int column = 0; column < places.length; column++) {
        VariableBinding found =
            asked.getType() == PDU.GET ? mib.at(places[column]) : mib.after(places[column]);
        places[column] = found.getOid();
        pdu.add(found);
      }
    }
    return pdu;
  }

  private static byte[] encoded(OID oid) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(oid.getBERLength());
    oid.encodeBER(new BEROutputStream(buffer));
    return buffer.array();
  }

  private static byte[] number(long value, int bytes) {
    return Arrays.copyOfRange(
        ByteBuffer.allocate(Long.BYTES).putLong(value).array(), Long.BYTES - bytes, Long.BYTES);
  }

  private static int find(byte[] in, byte[] what, int from) {
    for (int i = from; i + what.length <= in.length; i++) {
      if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new IllegalStateException("A message lacks what was written into it.");
  }

  /** Whether a request is this answer's but for its id. */
  boolean answers(byte[] other, int length) {
    return length == request.length
        && Arrays.equals(other, 0, requestId, request, 0, requestId)
        && Arrays.equals(
            other, requestId + ID_BYTES, length, request, requestId + ID_BYTES, length);
  }

  /**
   * The answer to such a request; good until the next call.
   *
   * @param polls how many requests the device has answered, which is its age in seconds
   */
  ByteBuffer next(byte[] to, int polls) {
    System.arraycopy(to, requestId, answer, answerId, ID_BYTES);
    long now = SnmpBenchMib.FIRST_TICKS + (long) polls * TICKS_A_POLL;
    for (int place : ticks) {
      out.putInt(place, (int) now);
    }
    long counted = SnmpBenchMib.FIRST_OCTETS + polls * OCTETS_A_POLL;
    for (int place : octets) {
      out.putShort(place, (short) (counted >>> 32));
      out.putInt(place + 2, (int) counted);
    }
    return out.rewind();
  }
}

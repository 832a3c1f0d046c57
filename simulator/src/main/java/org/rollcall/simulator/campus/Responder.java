package org.rollcall.simulator.campus;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.snmp4j.PDU;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * Answers SNMP v2c requests (RFC 3416) from a {@link Mib}: GET, GETNEXT and GETBULK for one
 * community. Everything else, and everything malformed, is met with silence, as most devices do.
 */
final class Responder {
  /** What fits an Ethernet frame: a longer GETBULK answer is cut short, as RFC 3416 allows. */
  private static final int MOST_BYTES = 1_400;

  /** Bounds the work one request can ask for. */
  private static final int MOST_BINDINGS = 128;

  private final OctetString community;

  Responder(String community) {
    this.community = new OctetString(community);
  }

  /** The answer to a datagram, or null if it deserves none. */
  @Nullable ByteBuffer answer(ByteBuffer datagram, Mib mib, long now) {
    try {
      PDU request = decode(datagram);
      if (request == null) {
        return null;
      }
      PDU response = new PDU();
      response.setType(PDU.RESPONSE);
      response.setRequestID(request.getRequestID());
      switch (request.getType()) {
        case PDU.GET -> get(request, response, mib, now);
        case PDU.GETNEXT -> bulk(request, response, mib, now, request.size(), 0);
        case PDU.GETBULK ->
            bulk(
                request,
                response,
                mib,
                now,
                request.getNonRepeaters(),
                request.getMaxRepetitions());
        default -> {
          return null;
        }
      }
      return encode(response);
    } catch (IOException malformed) {
      return null;
    }
  }

  private @Nullable PDU decode(ByteBuffer datagram) throws IOException {
    BERInputStream in = new BERInputStream(datagram);
    BER.MutableByte type = new BER.MutableByte();
    BER.decodeHeader(in, type);
    if (type.getValue() != BER.SEQUENCE) {
      return null;
    }
    Integer32 version = new Integer32();
    version.decodeBER(in);
    OctetString from = new OctetString();
    from.decodeBER(in);
    if (version.getValue() != 1 || !from.equals(community)) {
      return null;
    }
    PDU pdu = new PDU();
    pdu.decodeBER(in);
    return pdu;
  }

  private ByteBuffer encode(PDU pdu) throws IOException {
    Integer32 version = new Integer32(1);
    int length = version.getBERLength() + community.getBERLength() + pdu.getBERLength();
    ByteBuffer buffer = ByteBuffer.allocate(length + BER.getBERLengthOfLength(length) + 1);
    BEROutputStream out = new BEROutputStream(buffer);
    BER.encodeHeader(out, BER.SEQUENCE, length);
    version.encodeBER(out);
    community.encodeBER(out);
    pdu.encodeBER(out);
    return buffer.flip();
  }

  private static void get(PDU request, PDU response, Mib mib, long now) {
    for (VariableBinding asked : request.getVariableBindings()) {
      OID oid = asked.getOid();
      Variable value = mib.get(oid, now);
      if (value == null) {
        OID object = new OID(oid.getValue(), 0, Math.max(1, oid.size() - 1));
        value = mib.hasBelow(object) ? Null.noSuchInstance : Null.noSuchObject;
      }
      response.add(new VariableBinding(oid, value));
    }
  }

  private static void bulk(
      PDU request, PDU response, Mib mib, long now, int nonRepeaters, int repetitions) {
    int once = Math.max(0, Math.min(nonRepeaters, request.size()));
    for (int i = 0; i < once; i++) {
      response.add(following(request.get(i).getOid(), mib, now));
    }
    OID[] columns = new OID[request.size() - once];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = request.get(once + i).getOid();
    }
    int bytes = response.getBERLength();
    for (int r = 0; r < repetitions && columns.length > 0; r++) {
      boolean ended = true;
      for (int i = 0; i < columns.length; i++) {
        VariableBinding next = following(columns[i], mib, now);
        bytes += next.getBERLength();
        if (response.size() > 0 && (bytes > MOST_BYTES || response.size() >= MOST_BINDINGS)) {
          return;
        }
        response.add(next);
        columns[i] = next.getOid();
        ended &= next.getVariable().isException();
      }
      if (ended) {
        return;
      }
    }
  }

  private static VariableBinding following(OID after, Mib mib, long now) {
    Mib.Entry next = mib.next(after, now);
    return next == null
        ? new VariableBinding(after, Null.endOfMibView)
        : new VariableBinding(next.oid(), next.value());
  }
}

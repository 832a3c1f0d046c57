package org.rollcall.simulator.bench;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * A valid report encoded once, in which only the number and the times are written anew for every
 * sending: building a report costs the load generator as little as copying it. Each number gives a
 * report whose observations have keys no other has.
 */
final class ReportTemplate {
  /** A time and a number that stand in the encoded bytes where the real ones go; found by value. */
  private static final long TIME_MARK = 1_777_777_777_777L;

  private static final long SEQ_MARK = (1L << 34) - 987_654_321L;

  /** A subject that every report speaks of. */
  static final String FIRST_SEAT = "terminal:c0001";

  private static final int TIME_BYTES = 6;
  private static final int SEQ_BYTES = 5;
  private static final int MOST_SEATS = 400;

  private final byte[] bytes;
  private final int seqAt;
  private final int[] timesAt;
  private final int observations;

  private ReportTemplate(byte[] bytes, int observations) {
    this.bytes = bytes;
    this.observations = observations;
    this.seqAt = find(bytes, varint(SEQ_MARK, SEQ_BYTES)).get(0);
    this.timesAt =
        find(bytes, varint(TIME_MARK, TIME_BYTES)).stream().mapToInt(Integer::intValue).toArray();
    // One for created_millis and one for each observation.
    if (timesAt.length != observations + 1) {
      throw new IllegalStateException("BUG: a time mark stands where no time is");
    }
  }

  /**
   * A report of that agent that comes near the payload size without passing it: the line, when it
   * and a terminal fit, then as many terminals as fit.
   */
  static ReportTemplate of(String agent, long epoch, int payloadBytes) {
    Report.Builder report =
        Report.newBuilder()
            .setAgent(agent)
            .setEpoch(epoch)
            .setSeq(SEQ_MARK)
            .setCreatedMillis(TIME_MARK)
            .setPreviousSha256(ByteString.copyFrom(new byte[32]));
    int room = Math.min(payloadBytes, Limits.MAX_REPORT_BYTES) - report.build().getSerializedSize();
    if (sizeOf(link()) + sizeOf(seat(1)) <= room) {
      report.addObservations(link());
      room -= sizeOf(link());
    }
    for (int seat = 1; seat <= MOST_SEATS && sizeOf(seat(seat)) <= room; seat++) {
      report.addObservations(seat(seat));
      room -= sizeOf(seat(seat));
    }
    if (report.getObservationsCount() == 0) {
      throw new IllegalArgumentException(
          "A report of " + payloadBytes + " bytes holds no observation: use 200 or more.");
    }
    return new ReportTemplate(report.build().toByteArray(), report.getObservationsCount());
  }

  private static int sizeOf(Observation observation) {
    return Report.newBuilder().addObservations(observation).build().getSerializedSize();
  }

  private static Observation link() {
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(TIME_MARK)
        .putMeasures("up", 1)
        .putMeasures("speedBitsPerSecond", 1e9)
        .putMeasures("inBitsPerSecond", 84_213_554.5)
        .putMeasures("outBitsPerSecond", 9_120_331.25)
        .putMeasures("intervalSeconds", 60)
        .putMeasures("counterBits", 64)
        .build();
  }

  private static Observation seat(int number) {
    return Observation.newBuilder()
        .setSubject("terminal:c%04d".formatted(number))
        .setTimeMillis(TIME_MARK)
        .putMeasures("up", 1)
        .putMeasures("uptimeSeconds", 11_520 + number)
        .build();
  }

  int length() {
    return bytes.length;
  }

  int observations() {
    return observations;
  }

  /** The encoded report with those numbers in it; the same array every time. */
  byte[] write(long seq, long timeMillis) {
    put(seqAt, seq, SEQ_BYTES);
    for (int at : timesAt) {
      put(at, timeMillis, TIME_BYTES);
    }
    return bytes;
  }

  /** A varint of a fixed width: small numbers are padded, which protobuf decoders accept. */
  private void put(int at, long value, int width) {
    long rest = value;
    for (int i = 0; i < width - 1; i++) {
      bytes[at + i] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[at + width - 1] = (byte) rest;
  }

  private static byte[] varint(long value, int width) {
    byte[] encoded = new byte[width];
    long rest = value;
    for (int i = 0; i < width; i++) {
      encoded[i] = (byte) ((rest & 0x7F) | (i < width - 1 ? 0x80 : 0));
      rest >>>= 7;
    }
    return encoded;
  }

  private static List<Integer> find(byte[] in, byte[] mark) {
    List<Integer> found = new ArrayList<>();
    for (int at = 0; at + mark.length <= in.length; at++) {
      if (java.util.Arrays.equals(in, at, at + mark.length, mark, 0, mark.length)) {
        found.add(at);
      }
    }
    return found;
  }
}

package org.rollcall.collector.intake;

import com.google.protobuf.ByteString;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** Reports as tests need them. */
public final class Reports {
  /** 2026-03-02T08:00:00+08:00, a Monday in term. */
  public static final long NOW = 1_772_409_600_000L;

  private Reports() {}

  /** An unnumbered report of one observation. */
  public static Report.Builder of(String agent, String subject, long timeMillis) {
    return Report.newBuilder()
        .setAgent(agent)
        .setCreatedMillis(timeMillis)
        .addObservations(
            Observation.newBuilder()
                .setSubject(subject)
                .setTimeMillis(timeMillis)
                .putMeasures("up", 1));
  }

  public static Report numbered(String agent, long epoch, long seq) {
    return of(agent, "link:wan", NOW + seq)
        .setEpoch(epoch)
        .setSeq(seq)
        .setPreviousSha256(seq == 1 ? ByteString.EMPTY : ByteString.copyFrom(new byte[32]))
        .build();
  }
}

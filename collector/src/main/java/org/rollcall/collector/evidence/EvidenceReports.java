package org.rollcall.collector.evidence;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.intake.JsonReports;
import org.rollcall.protocol.MalformedReportException;
import org.rollcall.protocol.ReportCodec;
import org.rollcall.protocol.v1.EvidenceRecord;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** Reads the reports out of records. */
public final class EvidenceReports {
  private EvidenceReports() {}

  /**
   * The report of a record.
   *
   * @return null for a record that is none
   * @throws IOException if its bytes are no report
   */
  public static @Nullable Report of(EvidenceRecord record) throws IOException {
    try {
      return switch (record.getWhatCase()) {
        case REPORT -> ReportCodec.parse(record.getReport().toByteArray());
        case JSON_REPORT ->
            JsonReports.read(record.getAgent(), record.getJsonReport().asReadOnlyByteBuffer());
        case STANDING, WHAT_NOT_SET -> null;
      };
    } catch (MalformedReportException
        | InvalidProtocolBufferException
        | CharacterCodingException e) {
      throw new IOException("A record of " + record.getAgent() + " holds no report.", e);
    }
  }

  /**
   * The times a report speaks of.
   *
   * @param from the earliest, milliseconds since 1970; over {@code to} where it speaks of none
   * @param to the latest
   */
  public record Span(long from, long to) {
    static final Span NONE = new Span(Long.MAX_VALUE, Long.MIN_VALUE);

    static Span of(Report report) {
      long from = Long.MAX_VALUE;
      long to = Long.MIN_VALUE;
      for (Observation seen : report.getObservationsList()) {
        from = Math.min(from, seen.getTimeMillis());
        to = Math.max(to, seen.getTimeMillis());
      }
      for (Gap gap : report.getGapsList()) {
        from = Math.min(from, gap.getFromMillis());
        to = Math.max(to, gap.getToMillis());
      }
      return new Span(from, to);
    }

    Span and(Span other) {
      return new Span(Math.min(from, other.from), Math.max(to, other.to));
    }

    /** Whether it touches a span; {@code end} is exclusive. */
    public boolean touches(long begin, long end) {
      return from < end && to >= begin;
    }
  }
}

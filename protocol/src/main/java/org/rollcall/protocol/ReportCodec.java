package org.rollcall.protocol;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.rollcall.protocol.v1.Report;

/** Reads the binary form of a report. The writing side is {@link ReportChain}. */
public final class ReportCodec {
  private static final int MAX_DEPTH = 8;

  private ReportCodec() {}

  /**
   * @param bytes at most {@link Limits#MAX_REPORT_BYTES}; its position is moved
   * @throws MalformedReportException if the bytes are too many or no report
   */
  public static Report parse(ByteBuffer bytes) throws MalformedReportException {
    if (bytes.remaining() > Limits.MAX_REPORT_BYTES) {
      throw new MalformedReportException(
          "The report has " + bytes.remaining() + " bytes, more than " + Limits.MAX_REPORT_BYTES,
          new IllegalArgumentException("too large"));
    }
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    in.setRecursionLimit(MAX_DEPTH);
    try {
      Report report = Report.parseFrom(in);
      in.checkLastTagWas(0);
      return report;
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedReportException("The bytes are no report", e);
    } catch (IOException e) {
      throw new IllegalStateException("BUG: reading from memory failed", e);
    }
  }

  /** As {@link #parse(ByteBuffer)}. */
  public static Report parse(byte[] bytes) throws MalformedReportException {
    return parse(ByteBuffer.wrap(bytes));
  }
}

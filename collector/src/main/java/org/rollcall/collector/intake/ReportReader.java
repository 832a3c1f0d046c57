package org.rollcall.collector.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.MalformedReportException;
import org.rollcall.protocol.ReportCheck;
import org.rollcall.protocol.ReportCodec;
import org.rollcall.protocol.v1.Report;

/** Turns a payload into a checked report, or into the reason why not. Any thread; keeps nothing. */
final class ReportReader {
  /** No protobuf report begins with this byte: it would be field 15, which does not exist. */
  private static final byte JSON_START = '{';

  /** Exactly one of the two is there. */
  record Reading(@Nullable Report report, @Nullable Refusal refusal) {}

  private ReportReader() {}

  static Reading read(Sender sender, ByteBuffer payload, boolean json, long nowMillis) {
    if (payload.remaining() > Limits.MAX_REPORT_BYTES) {
      return refused(Refusal.malformed("too-large", payload.remaining() + " bytes"));
    }
    Report report;
    try {
      report =
          isJson(payload, json)
              ? JsonReports.read(sender.agent(), payload)
              : ReportCodec.parse(payload);
    } catch (MalformedReportException e) {
      return refused(Refusal.malformed("not-a-report", String.valueOf(e.getMessage())));
    } catch (InvalidProtocolBufferException e) {
      return refused(Refusal.malformed("bad-json", String.valueOf(e.getMessage())));
    } catch (CharacterCodingException e) {
      return refused(Refusal.malformed("bad-json", "the JSON is not UTF-8"));
    }
    return check(sender, report, nowMillis);
  }

  /** Whether a payload is JSON, which a transport may say or not know. */
  static boolean isJson(ByteBuffer payload, boolean said) {
    return said || (payload.hasRemaining() && payload.get(payload.position()) == JSON_START);
  }

  private static Reading check(Sender sender, Report report, long nowMillis) {
    String fault = ReportCheck.fault(report, nowMillis);
    if (fault != null) {
      return refused(Refusal.malformed(fault, ""));
    }
    if (!report.getAgent().equals(sender.agent())) {
      return refused(
          new Refusal(Outcome.Kind.NOT_YOURS, "wrong-agent", "it says agent " + report.getAgent()));
    }
    return new Reading(report, null);
  }

  private static Reading refused(Refusal refusal) {
    return new Reading(null, refusal);
  }
}

package org.rollcall.collector.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.rollcall.protocol.v1.Report;

/** Reads reports in JSON. */
public final class JsonReports {
  private static final JsonFormat.Parser JSON = JsonFormat.parser();

  private JsonReports() {}

  /**
   * A foreign agent need not repeat its name: the topic, which it was let publish to, has it.
   *
   * @param payload its position and limit are left alone
   * @throws CharacterCodingException if it is not UTF-8
   */
  public static Report read(String agent, ByteBuffer payload)
      throws InvalidProtocolBufferException, CharacterCodingException {
    // A fresh decoder reports what is not UTF-8; a String would put replacement characters there.
    String text = StandardCharsets.UTF_8.newDecoder().decode(payload.duplicate()).toString();
    if (JsonNumbers.anyHuge(text)) {
      throw new InvalidProtocolBufferException(
          "a number has an exponent of more than three digits");
    }
    Report.Builder report = Report.newBuilder();
    JSON.merge(text, report);
    if (report.getAgent().isEmpty()) {
      report.setAgent(agent);
    }
    return report.build();
  }
}

package org.rollcall.agent.throughput;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.paced.Flow;
import org.rollcall.protocol.paced.Grant;
import org.rollcall.protocol.paced.PacedClient;
import org.rollcall.protocol.paced.PacedOutcome;
import org.rollcall.protocol.v1.LineTest;
import org.rollcall.protocol.v1.Observation;

/** The paced test of a line. The line test's thread, for as long as it lasts. */
final class PacedLine {
  /** A download of less than this share of its time decides nothing. Project default. */
  private static final double WHOLE = 0.9;

  private static final int TOKEN_BYTES = 32;

  private final LineTest test;
  private final LineTester.Surroundings around;
  private final BooleanSupplier toStop;

  PacedLine(LineTest test, LineTester.Surroundings around, BooleanSupplier toStop) {
    this.test = test;
    this.around = around;
    this.toStop = toStop;
  }

  Observation run(LineReport report) {
    Grant expected;
    try {
      expected = Grant.of(test.getTargetBitsPerSecond(), test.getSeconds(), test.getMaxBytes());
    } catch (IllegalArgumentException refused) {
      return report.skipped(LineTester.BAD_COMMAND);
    }
    if (test.getToken().size() != TOKEN_BYTES
        || test.getUdpPort() < 1
        || test.getUdpPort() > 65_535) {
      return report.skipped(LineTester.BAD_COMMAND);
    }
    InetAddress address;
    try {
      address = InetAddress.getByName(test.getHost());
    } catch (UnknownHostException unknown) {
      return report.skipped(LineTester.NO_SUCH_HOST);
    }
    PacedOutcome outcome =
        new PacedClient(
                new InetSocketAddress(address, test.getUdpPort()),
                test.getToken().toByteArray(),
                around.random(),
                around.clock(),
                toStop)
            .run();
    return told(report, outcome, expected);
  }

  private Observation told(LineReport report, PacedOutcome outcome, Grant expected) {
    if (outcome.rttMillis() != null) {
      report.put("rttMillis", outcome.rttMillis());
    }
    if (outcome.aheadMillis() != null) {
      report.skewOfAnswer(outcome.aheadMillis());
    }
    String reason = outcome.reason();
    Flow upload = outcome.upload();
    if (upload != null) {
      report.moved(upload.bytes());
      if (upload.senderBehind() && !carries(upload)) {
        reason = reason == null ? PacedOutcome.SENDER_BEHIND : reason;
      } else {
        report.put("uploadBitsPerSecond", upload.bitsPerSecond());
      }
    }
    Flow download = outcome.download();
    return report.build(download == null ? reason : download(report, download, expected, reason));
  }

  private @Nullable String download(
      LineReport report, Flow download, Grant expected, @Nullable String reason) {
    report.moved(download.bytes());
    report.put("lossShare", download.lossShare());
    Double delay = download.delayMillis();
    if (delay != null) {
      report.put("delayMillis", delay);
    }
    if (download.senderBehind() && !carries(download)) {
      return PacedOutcome.SENDER_BEHIND; // what did not come was not the line's fault
    }
    report.put("downloadBitsPerSecond", download.bitsPerSecond());
    report.put("transferSeconds", download.seconds());
    if (download.seconds() * 1_000 >= WHOLE * expected.downloadMillis()) {
      report.put("passed", carries(download) ? 1 : 0);
    }
    return reason;
  }

  private boolean carries(Flow flow) {
    return flow.bitsPerSecond() >= Grant.passMark(test.getTargetBitsPerSecond());
  }
}

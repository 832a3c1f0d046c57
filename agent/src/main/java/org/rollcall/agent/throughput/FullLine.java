package org.rollcall.agent.throughput;

import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.protocol.paced.Grant;
import org.rollcall.protocol.v1.LineTest;
import org.rollcall.protocol.v1.Observation;

/** The full test of a line: ndt7, download and then upload. The line test's thread. */
final class FullLine {
  /** Connecting, the test, and what may hang after it. */
  private static final long PATIENCE_SECONDS = 40;

  private final LineTest test;
  private final LineTester.Surroundings around;

  FullLine(LineTest test, LineTester.Surroundings around) {
    this.test = test;
    this.around = around;
  }

  Observation run(LineReport report) {
    if (test.getPort() < 1 || test.getPort() > 65_535 || test.getHost().isBlank()) {
      return report.skipped(LineTester.BAD_COMMAND);
    }
    String token =
        Base64.getUrlEncoder().withoutPadding().encodeToString(test.getToken().toByteArray());
    // Its own thread, so that the uplink is not held up by load.
    try (NetworkThreads network = new NetworkThreads(1)) {
      network.start();
      Ndt7Client client =
          new Ndt7Client(
              network.group(),
              new Ndt7Client.Target(
                  test.getHost(), test.getPort(), around.serverKeySha256(), token));
      Ndt7Result download = await(client.download());
      report.moved(download.bytes());
      if (!download.measured()) {
        return report.build(download.reason());
      }
      report.put("downloadBitsPerSecond", download.bitsPerSecond());
      report.put("transferSeconds", download.seconds());
      if (download.reason() == null) {
        boolean carries = download.bitsPerSecond() >= Grant.passMark(test.getTargetBitsPerSecond());
        report.put("passed", carries ? 1 : 0);
      }
      Ndt7Result upload = await(client.upload());
      report.moved(upload.bytes());
      if (upload.measured()) {
        report.put("uploadBitsPerSecond", upload.bitsPerSecond());
      }
      return report.build(download.reason() == null ? upload.reason() : download.reason());
    }
  }

  private static Ndt7Result await(CompletableFuture<Ndt7Result> running) {
    try {
      return running.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Ndt7Result.none(Ndt7Result.CUT_SHORT);
    } catch (ExecutionException e) {
      throw new IllegalStateException("BUG: a test completes with a result", e);
    } catch (TimeoutException e) {
      return Ndt7Result.none(Ndt7Result.CUT_SHORT);
    }
  }
}

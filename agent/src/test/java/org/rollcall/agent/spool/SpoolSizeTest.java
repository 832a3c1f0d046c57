package org.rollcall.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.report.ReportSettings;
import org.rollcall.agent.report.Reporter;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.v1.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a school's month takes, by the real reporter and the real spool. */
class SpoolSizeTest {
  private static final Logger log = LoggerFactory.getLogger(SpoolSizeTest.class);
  private static final int DEVICES = 60;
  private static final int MINUTES = 60;
  private static final int REPORTS_A_MINUTE = 6;

  /** As {@link SpoolSettings} has it. */
  private static final long DEFAULT_CAP = 512L * 1024 * 1024;

  @TempDir private Path folder;

  @Test
  void thirtyDaysOfSixtyDevicesAMinuteFitTheDefaultCap() {
    ManualClock clock = new ManualClock("2026-03-02T00:00:00Z");
    ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
    long bytes;
    try (DiskSpool spool =
        new DiskSpool(
            folder, new SpoolSettings(new DataSize(DEFAULT_CAP), Duration.ofSeconds(1)), clock)) {
      spool.start();
      ReportSettings settings = new ReportSettings(Duration.ofSeconds(10), Duration.ofMinutes(5));
      Reporter reporter = new Reporter(AgentKey.generate(), spool, settings, clock, worker);
      reporter.start();
      for (int i = 0; i < MINUTES * REPORTS_A_MINUTE; i++) {
        for (int device = 0; device < DEVICES / REPORTS_A_MINUTE; device++) {
          reporter.observe(seen(i % REPORTS_A_MINUTE * 10 + device, clock.millis()));
        }
        if (i % REPORTS_A_MINUTE == 0) {
          reporter.observe(health(clock.millis()));
        }
        reporter.flush();
        clock.goOn(Duration.ofSeconds(60 / REPORTS_A_MINUTE));
      }
      bytes = spool.figures().bytes();
      reporter.close();
    } finally {
      worker.shutdownNow();
    }
    long day = bytes * 24 * 60 / MINUTES;
    log.atInfo()
        .addKeyValue("bytesADay", day)
        .addKeyValue("mebibytesIn30Days", day * 30 / 1024 / 1024)
        .addKeyValue("daysInTheDefaultCap", DEFAULT_CAP / day)
        .log("Spool of 60 devices a minute");
    assertThat(day * 30).as("30 days and a third to spare").isLessThan(DEFAULT_CAP * 3 / 4);
  }

  /** Four links with all their measures, six places reached, fifty terminals. */
  private static Observation seen(int device, long millis) {
    Observation.Builder seen = Observation.newBuilder().setTimeMillis(millis).putMeasures("up", 1);
    if (device < 4) {
      return seen.setSubject("link:wan" + device)
          .putMeasures("speedBitsPerSecond", 1e9)
          .putMeasures("inBitsPerSecond", 2.143e7)
          .putMeasures("outBitsPerSecond", 3.912e6)
          .putMeasures("intervalSeconds", 60.003)
          .putMeasures("counterBits", 64)
          .build();
    }
    if (device < 10) {
      return seen.setSubject("reach:place" + device).putMeasures("connectMillis", 12.7).build();
    }
    return seen.setSubject("terminal:三年级(" + device + ")班")
        .putMeasures("state", 1)
        .putMeasures("uptimeSeconds", 7_260)
        .putMeasures("lampHours", 1_288)
        .build();
  }

  private static Observation health(long millis) {
    Observation.Builder health =
        Observation.newBuilder().setSubject("agent:a-k3v7m2q5x4p6r7t2w3y5").setTimeMillis(millis);
    for (int i = 0; i < 16; i++) {
      health.putMeasures("someMeasureOfHealth" + i, 1e9 + i);
    }
    return health.build();
  }
}

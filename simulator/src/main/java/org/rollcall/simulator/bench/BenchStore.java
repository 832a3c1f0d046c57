package org.rollcall.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.store.influx.InfluxStore;
import org.rollcall.parts.influx.InfluxServer;

/**
 * Where a measured server keeps its observations: in its own folder, or in an influxd of the
 * bench's own, which can be held still. Removed with its folder when closed.
 */
final class BenchStore implements AutoCloseable {
  private static final String DATABASE = "bench";
  private static final String CLOSED_DAYS = "closed_days";
  private static final int MOST_SETTLE_SECONDS = 180;

  /** It packs in several steps with pauses of some seconds between them. */
  private static final int QUIET_SECONDS = 15;

  private final @Nullable InfluxServer influx;
  private final @Nullable Path folder;
  private final int stallSeconds;

  private BenchStore(@Nullable InfluxServer influx, @Nullable Path folder, int stallSeconds) {
    this.influx = influx;
    this.folder = folder;
    this.stallSeconds = stallSeconds;
  }

  static BenchStore questDb() {
    return new BenchStore(null, null, 0);
  }

  /**
   * @param stallSeconds how long it will be held still, at most
   */
  static BenchStore influx(int stallSeconds) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("rollcall-bench-influx");
    try {
      InfluxServer.Options options = new InfluxServer.Options(false, null, 25_000_000, true);
      return new BenchStore(InfluxServer.start(folder, options), folder, stallSeconds);
    } catch (IOException | InterruptedException | RuntimeException e) {
      BenchServer.delete(folder);
      throw e;
    }
  }

  /** The server's setting {@code store}. A write outlasts the stall, so that nobody reconnects. */
  String setting() {
    return influx == null
        ? "{sync: false}"
        : "{kind: influx, influx: {url: '%s', database: %s, writeTimeout: %ds}}"
            .formatted(influx.url(), DATABASE, 30 + 2 * stallSeconds);
  }

  /** Lets the time pass, and holds the store still in the middle of it. */
  void sleep(int seconds) throws IOException, InterruptedException {
    if (influx == null || stallSeconds == 0) {
      TimeUnit.SECONDS.sleep(seconds);
      return;
    }
    int before = (seconds - stallSeconds) / 2;
    TimeUnit.SECONDS.sleep(before);
    influx.stall();
    System.err.println("The store stands still for " + stallSeconds + " s ...");
    TimeUnit.SECONDS.sleep(stallSeconds);
    influx.resume();
    TimeUnit.SECONDS.sleep(seconds - before - stallSeconds);
  }

  /** Waits until influxd has packed its files, three minutes at most. */
  void pack() throws IOException, InterruptedException {
    if (influx != null) {
      pack(influx, DATABASE);
    }
  }

  /** Bytes a row of a closed day takes, as {@link ClosedDay} fills it. */
  double closedDayBytesPerRow() throws IOException, InterruptedException {
    if (influx == null) {
      Path days = Files.createTempDirectory("rollcall-bench-days");
      try {
        return ClosedDay.inQuestDb(days);
      } finally {
        BenchServer.delete(days);
      }
    }
    try (InfluxStore store = new InfluxStore(closedDays(influx), ClosedDay.clock())) {
      store.start();
      ClosedDay.fill(store);
    }
    pack(influx, CLOSED_DAYS);
    return influx.bytesOf(CLOSED_DAYS) / (double) ClosedDay.ROWS;
  }

  private static InfluxStore.Settings closedDays(InfluxServer influx) {
    Duration patience = Duration.ofSeconds(60);
    return new InfluxStore.Settings(
        influx.url(),
        CLOSED_DAYS,
        null,
        null,
        null,
        patience,
        patience,
        patience,
        true,
        new InfluxStore.Keep(Duration.ZERO, Duration.ofDays(365), Duration.ofDays(1_825)));
  }

  private static void pack(InfluxServer influx, String database)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SETTLE_SECONDS);
    long before = influx.bytesOf(database);
    int quietSeconds = 0;
    while (quietSeconds < QUIET_SECONDS && System.nanoTime() < deadline) {
      TimeUnit.SECONDS.sleep(1);
      long now = influx.bytesOf(database);
      quietSeconds = now == before && influx.log(database).isEmpty() ? quietSeconds + 1 : 0;
      before = now;
    }
  }

  /** Bytes on the disk beside the server's own folder. */
  long bytesOnDisk() throws IOException, InterruptedException {
    return folder == null ? 0 : BenchServer.bytesOnDisk(folder);
  }

  @Override
  public void close() {
    if (influx != null && folder != null) {
      influx.close();
      BenchServer.delete(folder);
    }
  }
}

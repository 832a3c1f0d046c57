package org.rollcall.simulator.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.rollcall.parts.influx.InfluxServer;
import org.rollcall.simulator.faults.FaultyLine.Mode;

/**
 * The InfluxDB of a run and the disk it has to itself. On a full one it answers writes with errors,
 * and goes on so until it is started again (influxdata/influxdb issue 9923). It comes back empty
 * while it runs, because that is how it loses everything: somebody drops the database. Then the
 * server must say so, and take everything from then on.
 */
final class InfluxPart implements Part {
  /** Operators are told to look for it (docs/operations.md). */
  private static final String GONE = "database was gone";

  private static final String CORRUPT = "File corrupt";

  private static final Duration TIME_TO_NOTICE = Duration.ofMinutes(2);

  private final InfluxServer influx;
  private final SmallDisk disk;
  private final FaultyLine line;
  private final RunningServer server;
  private final String database;
  private long toldBefore;

  /**
   * @param line over which the server writes
   * @param database that the server writes to
   */
  InfluxPart(
      InfluxServer influx, SmallDisk disk, FaultyLine line, RunningServer server, String database) {
    this.influx = influx;
    this.disk = disk;
    this.line = line;
    this.server = server;
    this.database = database;
  }

  @Override
  public String name() {
    return "influx";
  }

  @Override
  public Set<Fault> faults() {
    return EnumSet.of(
        Fault.KILLED, Fault.FROZEN, Fault.DISK_FULL, Fault.DISK_FULL_AND_KILLED, Fault.EMPTIED);
  }

  @Override
  public void begin(Fault fault, long seed) throws IOException, InterruptedException {
    switch (fault) {
      case KILLED -> influx.kill();
      case FROZEN -> influx.stall();
      case DISK_FULL, DISK_FULL_AND_KILLED -> disk.fill();
      case EMPTIED -> {
        toldBefore = server.told(GONE);
        String unused = influx.query("DROP DATABASE " + database);
      }
      default -> throw new IllegalStateException("BUG: no fault of InfluxDB: " + fault);
    }
  }

  @Override
  public void end(Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      case KILLED -> startWhole();
      case FROZEN -> influx.resume();
      case DISK_FULL -> {
        disk.free();
        influx.close();
        startWhole();
      }
      case DISK_FULL_AND_KILLED -> {
        influx.kill();
        disk.free();
        startWhole();
      }
      case EMPTIED ->
          Waiting.until(
              TIME_TO_NOTICE,
              () -> server.told(GONE) > toldBefore,
              "the server has not said that the store's database is gone");
      default -> throw new IllegalStateException("BUG: no fault of InfluxDB: " + fault);
    }
  }

  /**
   * Starts it as operators are told to (docs/operations.md). An influxd that finds its log cut off
   * goes on writing behind the hole, and at its next start loses what it wrote there: it is started
   * once more before anybody writes.
   */
  private void startWhole() throws IOException, InterruptedException {
    line.mode(Mode.CUT);
    long before = corruptFiles();
    influx.start();
    if (corruptFiles() > before) {
      influx.close();
      influx.start();
    }
    line.mode(Mode.PASS);
  }

  private long corruptFiles() throws IOException {
    return Words.lines(influx.log(), CORRUPT);
  }
}

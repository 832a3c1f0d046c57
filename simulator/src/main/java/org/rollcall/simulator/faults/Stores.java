package org.rollcall.simulator.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.identity.ServerIdentity;
import org.rollcall.parts.influx.InfluxServer;
import org.rollcall.parts.postgres.PostgresServer;
import org.rollcall.simulator.server.ServerFolder;

/**
 * Where the server of a run keeps what it is told: in its own folder, or in an InfluxDB and a
 * PostgreSQL of the run's own, each behind a line. Both speak TLS, as they must over a line that
 * turns bits over: neither HTTP nor PostgreSQL would notice.
 */
final class Stores implements AutoCloseable {
  private static final String ADDRESS = "127.0.0.1";
  private static final String DATABASE = "rollcall";
  private static final long USUAL_DAYS = 90;
  private static final int INFLUX_DISK_KIB = 1024 * 1024;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private @Nullable InfluxServer influx;
  private @Nullable SmallDisk influxDisk;
  private @Nullable FaultyLine influxLine;
  private @Nullable PostgresServer postgres;
  private @Nullable FaultyLine postgresLine;

  private Stores() {}

  /**
   * Starts what is needed and writes the server's settings.
   *
   * @param place of the server; what is started keeps its data beside them
   * @param earliest day of what agents see by right clocks; it is kept
   * @param seed decides which bits lines spoil
   */
  static Stores start(ServerFolder place, StoreKinds kinds, LocalDate earliest, long seed)
      throws IOException, InterruptedException {
    Stores stores = new Stores();
    try {
      Path keys = place.folder().resolve("keys");
      Path certificate = certificate(keys);
      place.write(
          switch (kinds.observations()) {
            case QUESTDB -> "{sync: false}";
            case INFLUX -> stores.influx(place.folder(), certificate, keepDays(earliest), seed);
          });
      if (kinds.register() == StoreKinds.Register.POSTGRESQL) {
        String setting = stores.postgres(place.folder(), certificate, seed + 1);
        Files.writeString(place.config(), setting, StandardOpenOption.APPEND);
      }
      return stores;
    } catch (IOException | InterruptedException | RuntimeException e) {
      stores.close();
      throw e;
    }
  }

  /** A certificate for the loopback, its key behind it. */
  private static Path certificate(Path keys) throws IOException {
    ServerIdentity.open(keys, List.of(ADDRESS), Clock.systemUTC());
    return Files.writeString(
        keys.resolve("both.pem"),
        Files.readString(ServerIdentity.certificateFile(keys))
            + Files.readString(ServerIdentity.keyFile(keys)));
  }

  /** As long as is usual, or as it must be; less than a year, by which clocks are set back. */
  private static long keepDays(LocalDate earliest) {
    return Math.max(USUAL_DAYS, ChronoUnit.DAYS.between(earliest, LocalDate.now(Plan.ZONE)) + 10);
  }

  /** Patience is short, so that it ends before a fault does. */
  private String influx(Path folder, Path certificate, long keepDays, long seed)
      throws IOException, InterruptedException {
    SmallDisk disk = open(SmallDisk.mount(folder.resolve("influx"), INFLUX_DISK_KIB));
    InfluxServer server =
        open(
            InfluxServer.start(
                folder.resolve("influx"),
                new InfluxServer.Options(false, certificate, 25_000_000, true)));
    FaultyLine line = open(line(server.port(), seed));
    influxDisk = disk;
    influx = server;
    influxLine = line;
    return """
        {kind: influx, influx: {url: 'https://%s:%d', database: %s, ca: '%s', connectTimeout: 2s, \
        writeTimeout: 3s, queryTimeout: 15s, \
        keep: {raw: %dd, fiveMinutes: 365d, hourly: 1825d}}}"""
        .formatted(ADDRESS, line.port(), DATABASE, ca(certificate), keepDays);
  }

  private String postgres(Path folder, Path certificate, long seed) throws IOException {
    PostgresServer server = open(PostgresServer.start(true, certificate));
    FaultyLine line = open(line(server.port(), seed));
    postgres = server;
    postgresLine = line;
    Files.writeString(folder.resolve("register-password"), PostgresServer.PASSWORD);
    return """
        register:
          url: 'jdbc:postgresql://%s:%d/%s?sslmode=verify-full&sslrootcert=%s&socketTimeout=20'
          user: %s
          password: file:register-password
        """
        .formatted(
            ADDRESS, line.port(), PostgresServer.DATABASE, ca(certificate), PostgresServer.USER);
  }

  private static Path ca(Path certificate) {
    return ServerIdentity.certificateFile(certificate.resolveSibling(""));
  }

  private static FaultyLine line(int port, long seed) throws IOException {
    FaultyLine line =
        new FaultyLine(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            ServerFolder.freePort(),
            seed);
    line.start();
    return line;
  }

  private <T extends AutoCloseable> T open(T part) {
    opened.push(part);
    return part;
  }

  /** What faults can befall, beside the server's own folder. */
  List<Part> parts(RunningServer server, List<RunningAgent> agents) {
    List<Part> parts = new ArrayList<>();
    if (influx != null && influxDisk != null && influxLine != null) {
      parts.add(new InfluxPart(influx, influxDisk, influxLine, server, DATABASE));
      parts.add(new StoreLinePart("line to influx", influxLine, List.of()));
    }
    if (postgres != null && postgresLine != null) {
      parts.add(new PostgresPart(postgres, agents));
      parts.add(new StoreLinePart("line to postgres", postgresLine, agents));
    }
    return parts;
  }

  /** Ends lines and servers, and then gives the disk back. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        System.err.println("Not closed: " + e);
      }
    }
  }
}

package org.rollcall.collector.ingest;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.identity.ForeignLogin;
import org.rollcall.collector.intake.Reports;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.protocol.Topics;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * Reports a second from the socket to the acknowledgement, with a store that does nothing. Outside
 * the gate; run it by name. Clients and server share the machine.
 */
class IngestBenchmark {
  private static final int CLIENTS = 50;
  private static final int IN_FLIGHT = 20;
  private static final int ROUNDS = 3_000;

  @TempDir Path folder;

  /** Takes everything, keeps nothing. */
  private static final class NoStore implements ObservationStore {
    @Override
    public @Nullable String refuses(Report report) {
      return null;
    }

    @Override
    public void write(List<SchoolReport> batch) {}

    @Override
    public List<Observation> range(String school, String subject, Instant from, Instant to) {
      return List.of();
    }

    @Override
    public void visit(String school, Instant from, Instant to, Visitor visitor) {}

    @Override
    public void latest(Instant since, Visitor visitor) {}

    @Override
    public NavigableSet<LocalDate> days() {
      return new TreeSet<>();
    }

    @Override
    public NavigableSet<String> schools(LocalDate day) {
      return new TreeSet<>();
    }

    @Override
    public void settle() {}

    @Override
    public void close() {}
  }

  @Test
  void reportsPerSecond() throws Exception {
    MqttSettings.Limits limits =
        new MqttSettings.Limits(1_000, 0, 1_000, Duration.ofSeconds(10), Duration.ofMinutes(10));
    try (Door door = new Door(RegisterHome.SQLITE, folder, limits, new NoStore())) {
      ForeignLogin login = door.agents.addForeign("00701");
      run(door, login, ROUNDS / 3);
      long start = System.nanoTime();
      run(door, login, ROUNDS);
      double seconds = (System.nanoTime() - start) / 1e9;
      long batches = door.intake.counts().batches();
      System.out.printf(
          "%,.0f reports/s acknowledged, %d batches in all%n",
          CLIENTS * (double) IN_FLIGHT * ROUNDS / seconds, batches);
    }
  }

  private static void run(Door door, ForeignLogin login, int rounds) throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      String id = "c" + i;
      threads.add(new Thread(() -> publish(door.ingest.plainPort(), login, id, rounds)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Sends so many at once, waits for all their acknowledgements, and so on. */
  private static void publish(int port, ForeignLogin login, String id, int rounds) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        RawClient client = new RawClient(socket)) {
      client.connect(4, id, login.userName(), login.password());
      client.read();
      byte[] burst = burst(login.userName());
      InputStream in = socket.getInputStream();
      for (int i = 0; i < rounds; i++) {
        client.raw(burst);
        in.readNBytes(4 * IN_FLIGHT);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] burst(String agent) throws IOException {
    Report.Builder report = Reports.of(agent, "link:wan", Reports.NOW);
    for (int i = 0; report.build().getSerializedSize() < 270; i++) {
      report.addObservations(
          Observation.newBuilder()
              .setSubject("pc:r1-" + i)
              .setTimeMillis(Reports.NOW)
              .putMeasures("up", 1));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 1; i <= IN_FLIGHT; i++) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      DataOutputStream to = new DataOutputStream(body);
      to.writeUTF(Topics.report(agent));
      to.writeShort(i);
      report.build().writeTo(to);
      bytes.write(RawClient.packet(0x32, body.toByteArray()));
    }
    return bytes.toByteArray();
  }
}

package org.rollcall.agent.throughput;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.rollcall.protocol.paced.Grant;
import org.rollcall.protocol.paced.PacedServer;
import org.rollcall.protocol.v1.Command;
import org.rollcall.protocol.v1.LineTest;
import org.rollcall.protocol.v1.Observation;

/** Either end of a paced test as a process of its own, for a network namespace. */
final class LineEndMain {
  static final int SECONDS = 10;
  static final long MAX_BYTES = 14L << 20;
  static final String READY = "ready";

  private LineEndMain() {}

  /**
   * {@code district TARGET}: grants any token and prints {@code ready PORT}; ends with its input.
   * {@code school HOST PORT TARGET DELAY LOSS}: tests once and prints {@code measure=value} lines.
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("district")) {
      district(Double.parseDouble(arguments[1]));
    } else {
      school(arguments);
    }
    System.exit(0);
  }

  private static void district(double target) throws IOException {
    try (PacedServer server =
        new PacedServer(
            new InetSocketAddress(ShapedLine.DISTRICT, 0),
            token -> Grant.of(target, SECONDS, MAX_BYTES),
            new SecureRandom(),
            Clock.systemUTC())) {
      server.start();
      System.out.println(READY + " " + server.port());
      while (System.in.read() >= 0) {
        // Nothing is said on the input; its end is the end.
      }
    }
  }

  private static void school(String[] arguments) throws Exception {
    String host = arguments[1];
    int port = Integer.parseInt(arguments[2]);
    double target = Double.parseDouble(arguments[3]);
    int delay = Integer.parseInt(arguments[4]);
    double loss = Double.parseDouble(arguments[5]);
    if (delay > 0 || loss > 0) {
      port = new Relay(new InetSocketAddress(host, port), delay, loss).port();
      host = "127.0.0.1";
    }
    byte[] token = new byte[32];
    new SecureRandom().nextBytes(token);
    LineTest test =
        LineTest.newBuilder()
            .setLine("wan")
            .setHost(host)
            .setUdpPort(port)
            .setToken(ByteString.copyFrom(token))
            .setTargetBitsPerSecond(target)
            .setSeconds(SECONDS)
            .setMaxBytes(MAX_BYTES)
            .setMaxUtilisation(0.5)
            .build();
    long now = System.currentTimeMillis();
    Command command =
        Command.newBuilder()
            .setId("1")
            .setSentMillis(now)
            .setExpiresMillis(now + 20_000)
            .setLineTest(test)
            .build();
    CountDownLatch told = new CountDownLatch(1);
    Path folder = Files.createTempDirectory("rollcall-line");
    LineTester.Surroundings around =
        new LineTester.Surroundings(
            Clock.systemUTC(),
            new SecureRandom(),
            null,
            seen -> {
              print(seen);
              told.countDown();
            });
    try (LineTester tester =
        new LineTester(new LineTestSettings(true, null), folder, new LineUse(), around)) {
      tester.handle(command);
      told.await();
    } finally {
      Files.delete(folder);
    }
  }

  private static void print(Observation seen) {
    new TreeMap<>(seen.getMeasuresMap())
        .forEach((measure, value) -> System.out.println(measure + "=" + value));
    System.out.println("reason=" + seen.getReason());
  }
}
